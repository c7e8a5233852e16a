import { randomUUID } from 'node:crypto';
import type { SweepRequest } from '@contact-sync/api-contracts';
import {
  type Codec,
  createLogReader,
  createProducer,
  type KafkaClient,
  sourceEventContracts,
} from '@contact-sync/kafka';
import type { RedisConnection } from '@contact-sync/redis';
import type { ServiceContext } from '@contact-sync/service-kit';
import type { Peer } from '../adapters/internal-caller.ts';
import { createRedisJobStore } from '../adapters/jobs/redis-job-store.ts';
import { createRedisLease } from '../adapters/leases/redis-lease.ts';
import { createRedisAuditLog } from '../adapters/letters/redis-audit-log.ts';
import { createHttpMirrorReader } from '../adapters/sweep/http-mirror-reader.ts';
import { createEventPublisher } from '../adapters/sweep/kafka-event-publisher.ts';
import { createKafkaWriterProgress } from '../adapters/sweep/kafka-writer-progress.ts';
import { createRedisMetRecords, createRedisSweepMarks } from '../adapters/sweep/redis-sweep-state.ts';
import { createSweepMetrics } from '../adapters/sweep/sweep-metrics.ts';
import { createBackgroundLoop } from '../background-loop.ts';
import type { Config } from '../config.ts';
import { createJobStep } from '../jobs/work-on-jobs.ts';
import type { SweepRoutePorts } from '../routes/sweeps/sweep-handlers.ts';
import { withSchedule } from '../sweep/schedule.ts';
import type { SweepProgress } from '../sweep/sweep-job.ts';
import { createSweepPiece } from '../sweep/sweep-piece.ts';

import { connectAcme } from './connect-acme.ts';
import { connectWriteBrake } from './connect-write-brake.ts';
import { realTime } from './real-time.ts';

export type SweepParts = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  readonly redis: RedisConnection;
  /** Where turns are counted. */
  readonly limits: RedisConnection;
  readonly contacts: Peer;
};

// Longer than a page takes.
const leaseMs = 15_000;
const restMs = 1_000;
const secondMs = 1_000;
const now = Date.now;

const settingsOf = (config: Config) => ({
  ratePerSecond: config.SWEEP_RECORDS_PER_SECOND,
  overlapMs: config.SWEEP_OVERLAP_SECONDS * secondMs,
  graceMs: config.SWEEP_GRACE_SECONDS * secondMs,
});

/** Sweeps, worked on from here on by whichever copy has the lease, where there is an address of AcmeCRM. */
export const connectSweeps = (
  config: Config,
  { logger, metrics }: Pick<ServiceContext, 'logger' | 'metrics'>,
  { client, codec, redis, limits, contacts }: SweepParts,
): { readonly sweeps: SweepRoutePorts; readonly close: () => Promise<void> } => {
  const store = createRedisJobStore<SweepRequest, SweepProgress>({ redis, name: 'sweeps' });
  const acme = connectAcme(
    config,
    { redis: limits, metrics },
    {
      name: 'sweeps',
      perSecond: config.SWEEP_REQUESTS_PER_SECOND,
    },
  );
  const sweeps = { store, audit: createRedisAuditLog({ redis }), isOn: acme !== undefined, now };
  if (acme === undefined) return { sweeps, close: async () => undefined };
  const reader = createLogReader(client);
  const mirrors = createHttpMirrorReader(contacts);
  const producer = createProducer({ client, codec, contracts: sourceEventContracts, logger });
  const lease = createRedisLease({ redis, name: 'sweeps', owner: randomUUID(), leaseMs });
  const { tell, finished } = createSweepMetrics(metrics, config.SWEEP_EVERY);
  const piece = createSweepPiece(
    {
      acme: acme.api,
      mirrors,
      publish: createEventPublisher(producer),
      writer: createKafkaWriterProgress(reader, now),
      marks: createRedisSweepMarks({ redis }),
      met: createRedisMetRecords({ redis }),
      brake: connectWriteBrake(config, { logger }, { redis, contacts: mirrors.contacts }),
      pause: realTime.pause,
      tell,
      finished: (job, { counts }) => {
        finished(now());
        logger.info({ sweepId: job.id, ...job.request, ...counts }, 'a sweep is done');
      },
      now,
    },
    settingsOf(config),
  );
  const step = withSchedule(
    createJobStep({ store, lease, now }, { piece }),
    { store, lease },
    { everyMs: config.SWEEP_EVERY * secondMs, now },
  );
  const onFailed = (err: unknown) => logger.warn({ err }, 'a sweep does not get on; trying on');
  const loop = createBackgroundLoop({ step, restMs, onFailed });
  void producer.connect();
  void redis.waitUntilReady(leaseMs).then(loop.start);
  return {
    sweeps,
    close: async () => {
      await loop.stop();
      await lease.release().catch(() => undefined);
      await Promise.all([producer.close(), reader.close()]);
      await acme.close();
    },
  };
};
