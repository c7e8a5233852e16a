import type { Contact } from '@contact-sync/domain';
import { Badge, type Tone } from '../../elements/badge.tsx';

const tones: Readonly<Record<string, Tone>> = { active: 'good', inactive: 'plain', lead: 'info' };

/** Status, and that it is deleted. */
export const ContactBadges = ({ of: { status, deletedAt } }: { readonly of: Contact }) => (
  <>
    {deletedAt && <Badge tone="bad">deleted</Badge>}
    {status && <Badge tone={tones[status] ?? 'plain'}>{status}</Badge>}
  </>
);
