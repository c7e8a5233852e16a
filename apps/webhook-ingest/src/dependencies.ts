import {
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  type Producer,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import { createRedis } from '@contact-sync/redis';
import { ConfigError, type Connected, type Logger, type ServiceContext } from '@contact-sync/service-kit';
import {
  createAcmeVerifier,
  createSecretStore,
  SecretFileError,
  type SecretStore,
} from '@contact-sync/webhook-signature';
import { createIngestMetrics } from './adapters/ingest-metrics.ts';
import { createKafkaEventLog } from './adapters/kafka-event-log.ts';
import { createKafkaQuarantine } from './adapters/kafka-quarantine.ts';
import { createRedisSeenEvents } from './adapters/redis-seen-events.ts';
import type { Config } from './config.ts';
import type { IngestPorts } from './ports.ts';

export type Dependencies = Connected & { readonly ports: IngestPorts };

const openSecrets = async (file: string, logger: Logger): Promise<SecretStore> => {
  try {
    return await createSecretStore({
      file,
      onReload: (ids) => logger.info({ secretIds: ids }, 'webhook secrets reloaded'),
      onError: (error) =>
        logger.error({ err: error }, 'webhook secrets cannot be reloaded; the ones before stay'),
    });
  } catch (error) {
    if (error instanceof SecretFileError) throw new ConfigError([`ACME_SECRETS_FILE: ${error.message}`]);
    throw error;
  }
};

const createEventProducer = (config: Config, logger: Logger): Producer => {
  const contracts = [...sourceEventContracts, webhookQuarantine];
  return createProducer({
    client: createKafkaClient({ brokers: config.KAFKA_BROKERS, clientId: 'webhook-ingest', logger }),
    codec: createCodec({ registry: createRegistry({ url: config.SCHEMA_REGISTRY_URL }) }),
    contracts,
    logger,
    deadlineMs: config.PRODUCE_DEADLINE_MS,
  });
};

const assertHealthy = async (producer: Producer): Promise<void> => {
  if (!producer.healthy()) throw new Error('no connection to Kafka, or schemas are not registered');
};

/** The real adapters of webhook-ingest. Redis is not asked for readiness: without it events are published all the same. */
export const connectDependencies = async (
  config: Config,
  { logger, metrics }: ServiceContext,
): Promise<Dependencies> => {
  const secrets = await openSecrets(config.ACME_SECRETS_FILE, logger);
  const producer = createEventProducer(config, logger);
  void producer.connect();
  const redis = createRedis({
    url: config.REDIS_INGEST_URL ?? config.REDIS_URL,
    clientName: 'webhook-ingest',
    logger,
    commandTimeoutMs: 300,
  });
  redis.connect();
  const observer = createIngestMetrics(metrics);
  const now = Date.now;
  return {
    ports: {
      verifier: createAcmeVerifier({ secrets, toleranceSeconds: config.TIMESTAMP_TOLERANCE_SECONDS }),
      log: createKafkaEventLog(producer),
      quarantine: createKafkaQuarantine({
        producer,
        perMinute: config.QUARANTINE_PER_MINUTE,
        onSkipped: observer.quarantineSkipped,
        now,
      }),
      seen: createRedisSeenEvents({
        redis,
        windowSeconds: config.DEDUPE_WINDOW_SECONDS,
        onUnknown: observer.dedupeUnknown,
      }),
      observer,
      now,
    },
    checks: { kafka: () => assertHealthy(producer) },
    close: async () => {
      await producer.close();
      await redis.close();
      secrets.close();
    },
  };
};
