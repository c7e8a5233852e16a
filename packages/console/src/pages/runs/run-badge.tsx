import type { Run } from '@contact-sync/api-contracts';
import { Badge, type Tone } from '../../elements/badge.tsx';

const tones: Readonly<Record<Run['state'], Tone>> = {
  sending: 'info',
  settling: 'info',
  verifying: 'info',
  done: 'plain',
  failed: 'bad',
  stopped: 'warn',
};

/** Where a run stands; of one that is done, how it was judged. */
export const RunBadge = ({ of: { state, verdict } }: { readonly of: Run }) => {
  if (!verdict) return <Badge tone={tones[state]}>{state}</Badge>;
  return (
    <Badge tone={verdict.ok ? 'good' : 'bad'}>
      {verdict.ok ? 'as it ought to be' : 'not as it ought to be'}
    </Badge>
  );
};

export const isOver = ({ state }: Run): boolean => ['done', 'failed', 'stopped'].includes(state);
