import type { Replay } from '@contact-sync/api-contracts';
import { Badge, type Tone } from '../../elements/badge.tsx';

const tones: Readonly<Record<Replay['state'], Tone>> = {
  waiting: 'info',
  running: 'info',
  done: 'good',
  cancelled: 'warn',
};

export const ReplayBadge = ({ state }: { readonly state: Replay['state'] }) => (
  <Badge tone={tones[state]}>{state}</Badge>
);
