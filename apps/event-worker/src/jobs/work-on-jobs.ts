import { AppError } from '@contact-sync/domain';
import type { Lease } from '../leases.ts';
import { hasEnded, type Job, type JobStore } from './job.ts';

export type JobWork<Request, Progress> = {
  /** Takes one piece of a job further; `done` after the last. It may be repeated: what is kept is what it gave before. */
  readonly piece: (
    job: Job<Request, Progress>,
    signal: AbortSignal,
  ) => Promise<{ readonly progress: Progress; readonly isDone: boolean }>;
};

export type JobPorts<Request, Progress> = {
  readonly store: JobStore<Request, Progress>;
  readonly lease: Lease;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const textOf = (error: unknown): string => (error instanceof AppError ? error.code : 'INTERNAL');

/**
 * Works on jobs one at a time, the oldest first, a piece a step, in one copy at a time. A piece that fails is told with its
 * job and tried again.
 */
export const createJobStep = <Request, Progress>(
  { store, lease, now }: JobPorts<Request, Progress>,
  { piece }: JobWork<Request, Progress>,
) => {
  const end = (job: Job<Request, Progress>, state: 'done' | 'cancelled') => {
    const { failure: _, ...rest } = job;
    return store.save({ ...rest, state, updatedAt: now(), finishedAt: now() });
  };

  return async (signal: AbortSignal): Promise<boolean> => {
    if (!(await lease.take())) return false;
    const job = (await store.all()).findLast((kept) => !hasEnded(kept));
    if (job === undefined) return false;
    if (await store.isCancelled(job.id)) {
      await end(job, 'cancelled');
      return true;
    }
    try {
      const { progress, isDone } = await piece(job, signal);
      const { failure: _, ...rest } = job;
      const next = { ...rest, state: 'running' as const, progress, updatedAt: now() };
      if (isDone) await end(next, 'done');
      else await store.save(next);
    } catch (error) {
      await store.save({ ...job, updatedAt: now(), failure: textOf(error) });
      throw error;
    }
    return true;
  };
};
