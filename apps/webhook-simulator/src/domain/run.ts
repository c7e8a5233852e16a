import type { Run } from '@contact-sync/api-contracts';

/** A live run is stored at least this often. */
export const HEARTBEAT_MS = 2_000;
const LONGEST_SILENCE_MS = 5 * HEARTBEAT_MS;

export const isFinished = ({ state }: Run): boolean => ['done', 'failed', 'stopped'].includes(state);

/** The run as it stands at `now` (ms): one whose process has gone silent has failed, whatever was stored last. */
export const asOf = (run: Run, now: number): Run =>
  isFinished(run) || now - Date.parse(run.updatedAt) <= LONGEST_SILENCE_MS
    ? run
    : { ...run, state: 'failed', failure: 'The process that ran it is gone.' };
