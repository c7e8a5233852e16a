import type { letterRoutes, Replay } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { startJob } from '../../jobs/start-job.ts';
import type { AuditLog } from '../../letters/audit-log.ts';
import type { LetterIndex } from '../../letters/ports.ts';
import { noProgress, type ReplayJob, type ReplayStore } from '../../replay/replay-job.ts';
import { callerOf } from '../caller.ts';
import { timeText } from './letter-view.ts';
import { selectionOf } from './selection.ts';

type Routes = Pick<typeof letterRoutes, 'startReplay' | 'getReplay' | 'listReplays' | 'cancelReplay'>;

export type ReplayRoutePorts = {
  readonly store: ReplayStore;
  readonly index: Pick<LetterIndex, 'returnedFrom'>;
  readonly audit: AuditLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const requestView = ({ select, reason, ratePerSecond }: ReplayJob['request']): Replay['request'] => {
  const rest = { reason, ...(ratePerSecond !== undefined && { ratePerSecond }) };
  if ('ids' in select) return { select: { ids: [...select.ids] }, ...rest };
  const { since, until, ...filter } = select.filter;
  const times = {
    ...(since !== undefined && { since: timeText(since) }),
    ...(until !== undefined && { until: timeText(until) }),
  };
  return { select: { filter: { ...filter, ...times } }, ...rest };
};

const viewOf = async ({ store, index }: ReplayRoutePorts, job: ReplayJob): Promise<Replay> => {
  const { planned, sent, refused, parked, gone } = job.progress;
  const [returned, isCancelled] = await Promise.all([index.returnedFrom(job.id), store.isCancelled(job.id)]);
  return {
    id: job.id,
    state: isCancelled && job.state !== 'done' ? 'cancelled' : job.state,
    request: requestView(job.request),
    by: job.by,
    startedAt: timeText(job.startedAt),
    updatedAt: timeText(job.updatedAt),
    ...(job.finishedAt !== undefined && { finishedAt: timeText(job.finishedAt) }),
    progress: { planned, sent, refused, parked, gone, returned },
    ...(job.failure !== undefined && { failure: job.failure }),
  };
};

/** `/api/v1/dead-letters/replays` (design rule 9). */
export const replayHandlers = (ports: ReplayRoutePorts): RouteHandlers<Routes> => {
  const { store, audit, now } = ports;
  const find = async (id: string): Promise<ReplayJob> => {
    const job = await store.find(id);
    if (job !== undefined) return job;
    throw new AppError('NOT_FOUND', { message: 'There is no such replay.' });
  };
  return {
    startReplay: async (request) => {
      const { select, ...rest } = request.body;
      const by = callerOf(request);
      const { job, isNew } = await startJob(
        store,
        { ...rest, select: selectionOf(select) },
        { by, idempotencyKey: request.headers['idempotency-key'] },
        { progress: noProgress, now: now() },
      );
      if (isNew) await audit.add({ at: now(), by, action: 'replay', reason: rest.reason, replayId: job.id });
      const location = `/api/v1/dead-letters/replays/${job.id}`;
      return { status: 202, headers: { location }, body: { id: job.id } };
    },
    listReplays: async () => {
      const jobs = await store.all();
      return { status: 200, body: { items: await Promise.all(jobs.map((job) => viewOf(ports, job))) } };
    },
    getReplay: async ({ params }) => ({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: await viewOf(ports, await find(params.id)),
    }),
    cancelReplay: async (request) => {
      const { id } = await find(request.params.id);
      await store.cancel(id);
      await audit.add({ at: now(), by: callerOf(request), action: 'cancel', replayId: id });
      return { status: 200, body: await viewOf(ports, await find(id)) };
    },
  };
};
