import { randomUUID } from 'node:crypto';
import { connectAccess } from '@contact-sync/access';
import {
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  integrationEventContracts,
} from '@contact-sync/kafka';
import { createRedis, type RedisConnection } from '@contact-sync/redis';
import {
  type Connected,
  kafkaAccess,
  producerMetrics,
  redisMetrics,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createAnswerMetrics } from './adapters/answer-metrics.ts';
import { assertKeepsContacts } from './adapters/assert-keeps-contacts.ts';
import { watchGaps } from './adapters/gap-metrics.ts';
import { createKafkaIntegrationEvents } from './adapters/kafka-integration-events.ts';
import { createCacheMetrics, watchCacheBytes } from './adapters/near-cache/cache-metrics.ts';
import { createCachedContactReader } from './adapters/near-cache/cached-contact-reader.ts';
import { createContactKeys } from './adapters/redis-contact-store/contact-keys.ts';
import { createFeedFiller } from './adapters/redis-contact-store/feed/feed-filler.ts';
import { createIndexBuilder } from './adapters/redis-contact-store/lists/index-builder.ts';
import { createRedisContactStore } from './adapters/redis-contact-store/redis-contact-store.ts';
import { createRedisMappings } from './adapters/redis-mappings.ts';
import { assertNothingRefused } from './adapters/redis-outbox/assert-nothing-refused.ts';
import { createRedisOutbox } from './adapters/redis-outbox/redis-outbox.ts';
import { createRedisMirrorWalk } from './adapters/redis-remap/redis-mirror-walk.ts';
import { createRelayMetrics } from './adapters/relay-metrics.ts';
import { createSweepMetrics } from './adapters/sweep-metrics.ts';
import type { AppDependencies } from './app.ts';
import type { Config } from './config.ts';
import { readMapping } from './read-mapping.ts';
import { createIndexWork } from './use-cases/build-indexes.ts';
import { createOutboxRelay } from './use-cases/relay-outbox.ts';
import { createTombstoneSweeper, type SweepPorts } from './use-cases/sweep-tombstones.ts';

export type Dependencies = Connected & AppDependencies;

// A request meets a frozen server once, and then has the rest of 2 s to answer 503 (design, "Failure").
const COMMAND_TIMEOUT_MS = 1_500;

/** Relays the outbox to Kafka. Not asked for readiness: without Kafka changes wait, and contacts are served. */
const startRelay = (config: Config, redis: RedisConnection, { logger, metrics }: ServiceContext) => {
  const { cluster, registry } = kafkaAccess(config);
  const told = producerMetrics(metrics, 'outbox');
  const producer = told.watch(
    createProducer({
      client: createKafkaClient({ ...cluster, clientId: 'contact-service', logger }),
      codec: createCodec({ registry: createRegistry(registry) }),
      contracts: integrationEventContracts,
      logger,
      onBatch: told.onBatch,
    }),
  );
  void producer.connect();
  const outbox = createRedisOutbox({ redis, owner: randomUUID(), leaseMs: config.OUTBOX_LEASE_MS });
  const events = createKafkaIntegrationEvents(producer);
  const observer = createRelayMetrics(metrics, logger);
  const relay = createOutboxRelay({ outbox, events }, { observer, retryMs: config.OUTBOX_LEASE_MS / 4 });
  relay.start();
  return {
    check: () => assertNothingRefused(outbox),
    stop: async () => {
      await relay.stop();
      await producer.close();
    },
  };
};

const INDEX_INTERVAL_MS = 60_000;

const startIndexing = (
  redis: RedisConnection,
  keepMapping: () => Promise<void>,
  { logger }: ServiceContext,
) => {
  const keys = createContactKeys();
  const works = [
    { builder: createIndexBuilder(redis, keys), what: 'indexes of lists' },
    { builder: createFeedFiller(redis, keys), what: 'the change feed' },
    { builder: { build: () => keepMapping().then(() => 0) }, what: 'mappings by id' },
  ].map(({ builder, what }) =>
    createIndexWork(builder, {
      intervalMs: INDEX_INTERVAL_MS,
      observer: {
        built: (contacts) => logger.info({ contacts, what }, 'contacts were indexed anew'),
        failed: (err) => logger.warn({ err, what }, 'an index cannot be looked at; trying on'),
      },
    }),
  );
  void redis.waitUntilReady(INDEX_INTERVAL_MS).then(() => {
    for (const work of works) work.start();
  });
  return async () => {
    await Promise.all(works.map((work) => work.stop()));
  };
};

const DAY_MS = 86_400_000;

const startSweeper = (config: Config, ports: SweepPorts, { logger, metrics }: ServiceContext) => {
  const sweeper = createTombstoneSweeper(ports, {
    retentionMs: config.TOMBSTONE_RETENTION_DAYS * DAY_MS,
    intervalMs: config.TOMBSTONE_SWEEP_INTERVAL_MS,
    observer: createSweepMetrics(metrics, logger),
  });
  sweeper.start();
  return sweeper.stop;
};

/** The real adapters of contact-service. */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const { logger } = context;
  const mapping = readMapping(config);
  logger.info({ mappingId: mapping.id }, 'field mapping loaded');
  const told = redisMetrics(context.metrics);
  const redis = told.watch(
    createRedis({
      url: config.REDIS_URL,
      clientName: 'contact-service',
      logger,
      commandTimeoutMs: COMMAND_TIMEOUT_MS,
      leavesReplicas: true,
      onCall: told.onCall,
    }),
  );
  redis.connect();
  const relay = startRelay(config, redis, context);
  const access = connectAccess(config, context);
  const cached = createCachedContactReader({
    redis,
    store: createRedisContactStore({
      redis,
      historyLimit: config.HISTORY_LIMIT,
      conflictLimit: config.CONFLICT_LIMIT,
      answers: createAnswerMetrics(context.metrics),
    }),
    keyPrefix: createContactKeys().contact(''),
    events: createCacheMetrics(context.metrics),
    maxBytes: config.NEAR_CACHE_BYTES,
  });
  watchCacheBytes(context.metrics, cached.bytes);
  const mappings = createRedisMappings({ redis });
  const ports = {
    store: cached.store,
    walk: createRedisMirrorWalk({ redis }),
    mappings,
    mapping,
    now: () => new Date().toISOString(),
    writeLeaseMs: config.WRITE_BACK_LEASE_MS,
  };
  watchGaps(context.metrics, ports.store.gaps, ports.now);
  const stopSweeper = startSweeper(config, ports, context);
  const stopIndexing = startIndexing(redis, () => mappings.keep(mapping), context);
  return {
    ports,
    reader: cached.reader,
    keys: access.keys,
    revocations: access.revocations,
    checks: {
      redis: { gate: 'always', check: () => assertKeepsContacts(redis) },
      auth: { gate: 'startup', check: access.ready },
      outbox: { gate: 'never', check: relay.check },
    },
    close: async () => {
      cached.close();
      await Promise.all([stopSweeper(), stopIndexing(), relay.stop()]);
      await access.close();
      await redis.close();
    },
  };
};
