import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@contact-sync/domain';
import { v5, v7 } from 'uuid';
import type { Job, JobStore } from './job.ts';

/** Fixed for ever: a repeat of a request has to find what the first one began. */
const namespace = '3b1f0a52-8c0e-5d1b-9a54-5f0d7c2e4b61';

export type JobCaller = {
  /** The id of the user or machine. */
  readonly by: string;
  readonly idempotencyKey?: string | undefined;
};

/**
 * Keeps a job for whoever works on jobs. With an Idempotency-Key a repeat finds the job of the first time.
 *
 * @throws {AppError} IDEMPOTENCY_KEY_REUSED where the key came with another request; retryable ones of the store.
 */
export const startJob = async <Request, Progress>(
  store: Pick<JobStore<Request, Progress>, 'create'>,
  request: Request,
  { by, idempotencyKey }: JobCaller,
  { progress, now }: { readonly progress: Progress; readonly now: number },
): Promise<{ readonly job: Job<Request, Progress>; readonly isNew: boolean }> => {
  const id = idempotencyKey === undefined ? v7() : v5(`${by} ${idempotencyKey}`, namespace);
  const job: Job<Request, Progress> = {
    id,
    request,
    by,
    state: 'waiting',
    startedAt: now,
    updatedAt: now,
    progress,
  };
  const kept = await store.create(job);
  if (!isDeepStrictEqual(kept.request, request)) {
    throw new AppError('IDEMPOTENCY_KEY_REUSED', {
      message: 'This Idempotency-Key came with another request before.',
    });
  }
  return { job: kept, isNew: kept === job };
};
