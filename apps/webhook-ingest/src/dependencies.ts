import { connectAccess } from '@contact-sync/access';
import {
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  type Producer,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import {
  createKeys,
  createLocalBuckets,
  createRedisBuckets,
  createRedisSet,
  type RedisConnection,
  withFallback,
} from '@contact-sync/redis';
import {
  ConfigError,
  type Connected,
  kafkaAccess,
  type Logger,
  producerMetrics,
  redisMetrics,
  type ServiceContext,
  settingFault,
} from '@contact-sync/service-kit';
import {
  createAcmeVerifier,
  createSecretStore,
  createStandardWebhooksVerifier,
  SecretFileError,
  type SecretStore,
} from '@contact-sync/webhook-signature';
import { createIngestMetrics, watchSecrets } from './adapters/ingest-metrics.ts';
import { createKafkaEventLog } from './adapters/kafka-event-log.ts';
import { createKafkaQuarantine } from './adapters/kafka-quarantine.ts';
import { createRedisSeenEvents } from './adapters/redis-seen-events.ts';
import { createSourceLimit } from './adapters/source-limit.ts';
import type { AppDependencies } from './app.ts';
import type { Config } from './config.ts';

export type Dependencies = Connected & AppDependencies;

const secretsFault = ({ message }: SecretFileError) =>
  new ConfigError([settingFault('ACME_SECRETS_FILE', message, '/run/secrets/acme-secrets.json')]);

const openSecrets = async (config: Config, logger: Logger): Promise<SecretStore> => {
  try {
    return await createSecretStore({
      file: config.ACME_SECRETS_FILE,
      scheme: config.WEBHOOK_SCHEME,
      onReload: (ids) => logger.info({ secretIds: ids }, 'webhook secrets reloaded'),
      onError: (error) =>
        logger.error({ err: error }, 'webhook secrets cannot be reloaded; the ones before stay'),
    });
  } catch (error) {
    if (error instanceof SecretFileError) throw secretsFault(error);
    throw error;
  }
};

const createVerifier = (config: Config, secrets: SecretStore) => {
  const options = { secrets, toleranceSeconds: config.TIMESTAMP_TOLERANCE_SECONDS };
  return config.WEBHOOK_SCHEME === 'acme'
    ? createAcmeVerifier(options)
    : createStandardWebhooksVerifier(options);
};

// Refused deliveries are few and capped; room for some of the largest.
const quarantineQueueBytes = 16 * 1024 * 1024;

/** Apart, so that what happens to the quarantine's topic costs no good event anything. */
const createProducers = (config: Config, { logger, metrics }: ServiceContext) => {
  const { cluster, registry } = kafkaAccess(config);
  const common = {
    client: createKafkaClient({ ...cluster, clientId: 'webhook-ingest', logger }),
    codec: createCodec({ registry: createRegistry(registry) }),
    logger,
    deadlineMs: config.PRODUCE_DEADLINE_MS,
  };
  const told = {
    events: producerMetrics(metrics, 'events'),
    quarantine: producerMetrics(metrics, 'quarantine'),
  };
  const events = told.events.watch(
    createProducer({ ...common, contracts: sourceEventContracts, onBatch: told.events.onBatch }),
  );
  const quarantine = told.quarantine.watch(
    createProducer({
      ...common,
      contracts: [webhookQuarantine],
      maxQueueBytes: quarantineQueueBytes,
      onBatch: told.quarantine.onBatch,
    }),
  );
  return {
    events,
    quarantine,
    connect: () => {
      void events.connect();
      void quarantine.connect();
    },
    close: () => Promise.all([events.close(), quarantine.close()]),
  };
};

const assertHealthy = async (producer: Producer): Promise<void> => {
  if (!producer.healthy()) throw new Error('no connection to Kafka, or schemas are not registered');
};

// Asked three times on the way of a delivery, and its silence must not cost more than it is worth.
const redisTimeoutMs = 300;

const createLimit = (config: Config, redis: RedisConnection, logger: Logger) => {
  const shared = createRedisBuckets(redis, createKeys('ratelimit:ingest'));
  return createSourceLimit({
    buckets: withFallback(shared, createLocalBuckets(), { copies: config.SOURCE_LIMIT_COPIES, logger }),
    source: 'acmecrm',
    perSecond: config.SOURCE_LIMIT_PER_SECOND,
    burst: config.SOURCE_LIMIT_BURST,
  });
};

/**
 * The real adapters of webhook-ingest. Readiness waits for Kafka once: a copy that loses it later goes on answering 503
 * with `Retry-After` (rule 1), which a balancer without a ready copy would not. It asks neither Redis (without it events are published all the same) nor
 * auth-service (deliveries carry signatures, not tokens).
 */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const { logger, metrics } = context;
  const secrets = await openSecrets(config, logger);
  watchSecrets(metrics, secrets.usage);
  const producers = createProducers(config, context);
  producers.connect();
  const told = redisMetrics(metrics);
  const connections = createRedisSet({
    clientName: 'webhook-ingest',
    logger,
    commandTimeoutMs: redisTimeoutMs,
    onCall: told.onCall,
  });
  const redisAt = (url: string) => told.watch(connections.at(url));
  const observer = createIngestMetrics(metrics, logger);
  const access = connectAccess(config, context);
  const now = Date.now;
  return {
    keys: access.keys,
    revocations: access.revocations,
    ports: {
      verifier: createVerifier(config, secrets),
      limit: createLimit(config, redisAt(config.REDIS_RATELIMIT_URL ?? config.REDIS_URL), logger),
      log: createKafkaEventLog(producers.events),
      quarantine: createKafkaQuarantine({
        producer: producers.quarantine,
        perMinute: config.QUARANTINE_PER_MINUTE,
        onSkipped: observer.quarantineSkipped,
        now,
      }),
      seen: createRedisSeenEvents({
        redis: redisAt(config.REDIS_INGEST_URL ?? config.REDIS_URL),
        windowSeconds: config.DEDUPE_WINDOW_SECONDS,
        onUnknown: observer.dedupeUnknown,
        onIdReused: observer.idReused,
      }),
      observer,
      now,
    },
    checks: { kafka: { gate: 'startup', check: () => assertHealthy(producers.events) } },
    close: async () => {
      await producers.close();
      await connections.close();
      await access.close();
      secrets.close();
    },
  };
};
