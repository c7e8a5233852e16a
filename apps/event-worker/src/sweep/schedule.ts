import { randomUUID } from 'node:crypto';
import { noSweepProgress, type SweepStore } from './sweep-job.ts';

export type ScheduleOptions = {
  /** How long after the begin of one sweep the next is due, in milliseconds; 0 for never. */
  readonly everyMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** Who is named as asking for such a sweep. */
export const scheduledBy = 'schedule';

/**
 * Goes on with what there is to do and, where that is nothing, begins the sweep that is due. Only whoever has the lease of
 * sweeps may call it, so that one copy begins it.
 */
export const withSchedule = (
  step: (signal: AbortSignal) => Promise<boolean>,
  {
    store,
    lease,
  }: { readonly store: Pick<SweepStore, 'all' | 'create'>; readonly lease: { take(): Promise<boolean> } },
  { everyMs, now }: ScheduleOptions,
) => {
  const isDue = async (): Promise<boolean> => {
    // A dry run has healed nothing.
    const last = (await store.all()).find(({ request }) => !request.dryRun);
    return last === undefined || now() - last.startedAt >= everyMs;
  };
  return async (signal: AbortSignal): Promise<boolean> => {
    if (await step(signal)) return true;
    if (everyMs === 0 || !(await lease.take()) || !(await isDue())) return false;
    await store.create({
      id: randomUUID(),
      request: {},
      by: scheduledBy,
      state: 'waiting',
      startedAt: now(),
      updatedAt: now(),
      progress: noSweepProgress,
    });
    return true;
  };
};
