import type { Rewind, rewindRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { startJob } from '../../jobs/start-job.ts';
import type { AuditLog } from '../../letters/audit-log.ts';
import { groupOf, noRewindProgress, type RewindJob, type RewindStore } from '../../rewind/rewind-job.ts';
import { callerOf } from '../caller.ts';
import { timeText } from '../dead-letters/letter-view.ts';

export type RewindRoutePorts = {
  readonly store: RewindStore;
  readonly audit: AuditLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const viewOf = async ({ store }: RewindRoutePorts, job: RewindJob): Promise<Rewind> => {
  const { left: _, reached: __, ...progress } = job.progress;
  const isCancelled = await store.isCancelled(job.id);
  return {
    id: job.id,
    group: groupOf(job.id),
    state: isCancelled && job.state !== 'done' ? 'cancelled' : job.state,
    request: { ...job.request },
    by: job.by,
    startedAt: timeText(job.startedAt),
    updatedAt: timeText(job.updatedAt),
    ...(job.finishedAt !== undefined && { finishedAt: timeText(job.finishedAt) }),
    progress,
    ...(job.failure !== undefined && { failure: job.failure }),
  };
};

/** `/api/v1/rewinds` (design section 5, contracts.md). */
export const rewindHandlers = (ports: RewindRoutePorts): RouteHandlers<typeof rewindRoutes> => {
  const { store, audit, now } = ports;
  const find = async (id: string): Promise<RewindJob> => {
    const job = await store.find(id);
    if (job !== undefined) return job;
    throw new AppError('NOT_FOUND', { message: 'There is no such rewind.' });
  };
  return {
    startRewind: async (request) => {
      const by = callerOf(request);
      const { job, isNew } = await startJob(
        store,
        { ...request.body },
        { by, idempotencyKey: request.headers['idempotency-key'] },
        { progress: noRewindProgress, now: now() },
      );
      if (isNew) await audit.add({ at: now(), by, action: 'rewind', reason: `to ${request.body.to}` });
      const location = `/api/v1/rewinds/${job.id}`;
      return { status: 202, headers: { location }, body: { id: job.id } };
    },
    getRewind: async ({ params }) => ({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: await viewOf(ports, await find(params.id)),
    }),
    cancelRewind: async (request) => {
      const { id } = await find(request.params.id);
      await store.cancel(id);
      await audit.add({ at: now(), by: callerOf(request), action: 'cancel', reason: `rewind ${id}` });
      return { status: 200, body: await viewOf(ports, await find(id)) };
    },
  };
};
