import type { Sweep, sweepRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { startJob } from '../../jobs/start-job.ts';
import type { AuditLog } from '../../letters/audit-log.ts';
import {
  agrees,
  noSweepProgress,
  type SweepJob,
  type SweepStore,
  withAllCounts,
} from '../../sweep/sweep-job.ts';
import { callerOf } from '../caller.ts';
import { timeText } from '../dead-letters/letter-view.ts';

export type SweepRoutePorts = {
  readonly store: SweepStore;
  readonly audit: AuditLog;
  /** Whether there is an address of AcmeCRM. */
  readonly isOn: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const viewOf = async ({ store }: SweepRoutePorts, job: SweepJob): Promise<Sweep> => {
  const { counts, findings, place } = withAllCounts(job.progress);
  const isCancelled = job.state !== 'done' && (await store.isCancelled(job.id));
  return {
    id: job.id,
    state: isCancelled ? 'cancelled' : job.state,
    request: { ...job.request },
    by: job.by,
    startedAt: timeText(job.startedAt),
    updatedAt: timeText(job.updatedAt),
    ...(job.finishedAt !== undefined && { finishedAt: timeText(job.finishedAt) }),
    ...(place?.since !== undefined && { since: place.since }),
    progress: counts,
    findings: [...findings],
    ...(job.request.full && job.state === 'done' && { agrees: agrees(job.progress) }),
    ...(job.failure !== undefined && { failure: job.failure }),
  };
};

const wordsOf = ({ full, dryRun }: SweepJob['request']): string =>
  [full ? 'full' : 'since the last', ...(dryRun ? ['dry run'] : [])].join(', ');

/** `/api/v1/sweeps` (design section 6, "Sweep"). */
export const sweepHandlers = (ports: SweepRoutePorts): RouteHandlers<typeof sweepRoutes> => {
  const { store, audit, isOn, now } = ports;
  const find = async (id: string): Promise<SweepJob> => {
    const job = await store.find(id);
    if (job !== undefined) return job;
    throw new AppError('NOT_FOUND', { message: 'There is no such sweep.' });
  };
  return {
    startSweep: async (request) => {
      if (!isOn)
        throw new AppError('CONFLICT', {
          message: 'No address of AcmeCRM is configured here (ACME_API_URL).',
        });
      const by = callerOf(request);
      const { job, isNew } = await startJob(
        store,
        { ...request.body },
        { by, idempotencyKey: request.headers['idempotency-key'] },
        { progress: noSweepProgress, now: now() },
      );
      if (isNew) await audit.add({ at: now(), by, action: 'sweep', reason: wordsOf(job.request) });
      return { status: 202, headers: { location: `/api/v1/sweeps/${job.id}` }, body: { id: job.id } };
    },
    listSweeps: async () => {
      const views = await Promise.all((await store.all()).map((job) => viewOf(ports, job)));
      return { status: 200, body: { items: views.map(({ findings: _, ...summary }) => summary) } };
    },
    getSweep: async ({ params }) => ({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: await viewOf(ports, await find(params.id)),
    }),
    cancelSweep: async (request) => {
      const { id } = await find(request.params.id);
      await store.cancel(id);
      await audit.add({ at: now(), by: callerOf(request), action: 'cancel', reason: `sweep ${id}` });
      return { status: 200, body: await viewOf(ports, await find(id)) };
    },
  };
};
