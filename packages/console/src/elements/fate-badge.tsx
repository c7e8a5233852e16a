import { Badge, type Tone } from './badge.tsx';

const tones: Readonly<Record<string, Tone>> = {
  applied: 'good',
  unchanged: 'plain',
  superseded: 'plain',
  duplicate: 'plain',
  ignored: 'plain',
  retry: 'warn',
  dead_letter: 'bad',
  fails: 'bad',
  parked: 'bad',
  gone: 'bad',
};

/** What an event came to; under way where nothing is known yet. */
export const FateBadge = ({ of }: { readonly of: string | undefined }) =>
  of === undefined ? (
    <Badge tone="info">under way</Badge>
  ) : (
    <Badge tone={tones[of] ?? 'plain'}>{of.replace('_', ' ')}</Badge>
  );
