import { randomUUID } from 'node:crypto';
import {
  type Codec,
  createLogReader,
  type KafkaClient,
  letterDecisionsTopic,
  type Producer,
} from '@contact-sync/kafka';
import type { RedisConnection } from '@contact-sync/redis';
import type { ServiceContext } from '@contact-sync/service-kit';
import { createHttpContactLifter } from '../adapters/http-contact-lifter.ts';
import { createHttpContactViewer } from '../adapters/http-contact-viewer.ts';
import { createHttpDeliveryReplayer } from '../adapters/http-delivery-replayer.ts';
import { createHttpEventTrier } from '../adapters/http-event-trier.ts';
import { createHttpWriteTrier } from '../adapters/http-write-planner.ts';
import { createRedisJobStore } from '../adapters/jobs/redis-job-store.ts';
import { createRedisLease } from '../adapters/leases/redis-lease.ts';
import { createLetterMetrics } from '../adapters/letters/letter-metrics.ts';
import { createRedisAuditLog } from '../adapters/letters/redis-audit-log.ts';
import { createRedisLetterIndex } from '../adapters/letters/redis-letter-index.ts';
import { createBackgroundLoop } from '../background-loop.ts';
import type { Config } from '../config.ts';
import { createJobStep } from '../jobs/work-on-jobs.ts';
import type { Lease } from '../leases.ts';
import { createIndexStep } from '../letters/keep-index.ts';
import { letterTopics } from '../letters/letter-topics.ts';
import type { PipelinePorts } from '../pipeline/read-pipeline.ts';
import { createLiveRate } from '../replay/live-rate.ts';
import { createPacer } from '../replay/pacer.ts';
import type { ReplayProgress, ReplayRequest } from '../replay/replay-job.ts';
import { createReplayPiece } from '../replay/replay-piece.ts';
import type { RewindProgress, RewindRequest } from '../rewind/rewind-job.ts';
import { createRewindPiece } from '../rewind/rewind-piece.ts';
import type { LetterPorts } from '../routes/dead-letters/letter-handlers.ts';
import type { RewindRoutePorts } from '../routes/rewinds/rewind-handlers.ts';

import { connectPeer } from './connect-peers.ts';
import { realTime } from './real-time.ts';

export type LetterParts = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  readonly producer: Producer;
  readonly redis: RedisConnection;
};

const dryRunMs = 15_000;
// Longer than a step of the index waits, and than a page of a replay takes at its rate.
const leaseMs = 10_000;
const indexWaitMs = 1_000;
const boundsEveryMs = 60_000;
const restMs = 1_000;

const connectPeers = (config: Config, context: Pick<ServiceContext, 'metrics'>) => {
  const contactService = { name: 'contact-service', url: config.CONTACT_URL, timeoutMs: dryRunMs };
  const contacts = connectPeer(config, contactService, context);
  const ingest = connectPeer(config, { name: 'webhook-ingest', url: config.INGEST_URL }, context);
  return {
    viewer: createHttpContactViewer(contacts.http),
    contacts: createHttpEventTrier(contacts),
    writes: createHttpWriteTrier(contacts, { deletes: config.ACME_WRITE_BACK_DELETES }),
    lifter: createHttpContactLifter(contacts),
    ingest: createHttpDeliveryReplayer(ingest),
    close: async () => {
      await Promise.all([contacts.close(), ingest.close()]);
    },
  };
};

/** The index of letters and their replays, kept and worked on from here on by whichever copy has the lease. */
export const connectLetters = (
  config: Config,
  { logger, metrics }: Pick<ServiceContext, 'logger' | 'metrics'>,
  { client, codec, producer, redis }: LetterParts,
): {
  readonly letters: LetterPorts;
  readonly rewinds: RewindRoutePorts;
  readonly pipeline: Omit<PipelinePorts, 'writesBack'>;
  readonly close: () => Promise<void>;
} => {
  const peers = connectPeers(config, { metrics });
  const [tail, reader] = [createLogReader(client), createLogReader(client)];
  const index = createRedisLetterIndex({ redis, maxLetters: config.LETTERS_MAX });
  const replays = createRedisJobStore<ReplayRequest, ReplayProgress>({ redis, name: 'replays' });
  const rewinds = createRedisJobStore<RewindRequest, RewindProgress>({ redis, name: 'rewinds' });
  const audit = createRedisAuditLog({ redis });
  const owner = randomUUID();
  const leases = ['letters', 'replays', 'rewinds'].map((name) =>
    createRedisLease({ redis, name, owner, leaseMs }),
  ) as [Lease, Lease, Lease];
  const [indexing, replaying, rewinding] = leases;
  const now = Date.now;
  const replay = createReplayPiece({
    index,
    reader,
    codec,
    producer,
    ingest: peers.ingest,
    live: createLiveRate(reader, realTime.now),
    pace: createPacer(realTime),
    now,
  });
  const rewind = createRewindPiece({ reader, codec, contacts: peers.contacts, lifter: peers.lifter });
  const steps = [
    createIndexStep(
      { index, reader: tail, codec, lease: indexing, tell: createLetterMetrics(metrics) },
      {
        topics: letterTopics,
        decisions: letterDecisionsTopic,
        waitMs: indexWaitMs,
        boundsEveryMs,
        now: realTime.now,
      },
    ),
    createJobStep({ store: replays, lease: replaying, now }, { piece: replay }),
    createJobStep({ store: rewinds, lease: rewinding, now }, { piece: rewind }),
  ];
  const onFailed = (err: unknown) => logger.warn({ err }, 'letters cannot be worked on; trying on');
  const loops = steps.map((step) => createBackgroundLoop({ step, restMs, onFailed }));
  void redis.waitUntilReady(leaseMs).then(() => loops.map((loop) => loop.start()));
  return {
    letters: {
      index,
      reader,
      codec,
      producer,
      replays,
      audit,
      viewer: peers.viewer,
      contacts: peers.contacts,
      writes: peers.writes,
      ingest: peers.ingest,
      now,
    },
    rewinds: { store: rewinds, audit, now },
    pipeline: { reader, index, now },
    close: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(leases.map((lease) => lease.release().catch(() => undefined)));
      await Promise.all([tail.close(), reader.close()]);
      await peers.close();
    },
  };
};
