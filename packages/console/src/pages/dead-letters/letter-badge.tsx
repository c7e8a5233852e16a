import type { LetterState } from '@contact-sync/api-contracts';
import { Badge, type Tone } from '../../elements/badge.tsx';

const tones: Readonly<Record<LetterState, Tone>> = {
  open: 'warn',
  parked: 'bad',
  replayed: 'good',
  discarded: 'plain',
};

export const LetterBadge = ({ state }: { readonly state: LetterState }) => (
  <Badge tone={tones[state]}>{state}</Badge>
);
