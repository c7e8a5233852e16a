import { createKeyRing, createServiceTokens, remoteJwks } from '@contact-sync/access';
import type { SourceEvent } from '@contact-sync/domain';
import {
  type BatchConsumer,
  type BatchConsumerOptions,
  consumerGroup,
  contactSyncLadder,
  createBatchConsumer,
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  type Producer,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { createRedisSet } from '@contact-sync/redis';
import {
  type Connected,
  createHttpClient,
  kafkaAccess,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createHttpContactApplier } from './adapters/http-contact-applier.ts';
import { createRedisBrake } from './adapters/redis-brake/redis-brake.ts';
import { createWorkerMetrics } from './adapters/worker-metrics.ts';
import type { AppDependencies } from './app.ts';
import type { Config } from './config.ts';
import { contactSyncHandler } from './handlers/contact-sync.ts';

export type Dependencies = Connected & AppDependencies;

/** What waits for Redis is tried again by itself. */
const redisTimeoutMs = 1_000;

const assertHealthy = async (
  part: Pick<BatchConsumer | Producer, 'healthy'>,
  reason: string,
): Promise<void> => {
  if (!part.healthy()) throw new Error(reason);
};

const connectContacts = (config: Config) => {
  const http = createHttpClient({
    peer: 'contact-service',
    baseUrl: config.CONTACT_URL,
    timeoutMs: config.APPLY_TIMEOUT_MS,
  });
  const tokens = createServiceTokens({
    authUrl: config.AUTH_URL,
    clientId: config.SERVICE_CLIENT_ID,
    clientSecret: config.SERVICE_CLIENT_SECRET,
    audience: 'contact-service',
  });
  const close = async () => {
    await tokens.close();
    await http.close();
  };
  return { applier: createHttpContactApplier({ http, tokens }), close };
};

const connectKafka = (config: Config, { logger }: ServiceContext) => {
  const { cluster, registry } = kafkaAccess(config);
  const client = createKafkaClient({ ...cluster, clientId: 'event-worker', logger });
  const codec = createCodec({ registry: createRegistry(registry) });
  // Only retries and dead letters are written, and those are bytes as they came: no schema of ours is needed for them.
  const producer = createProducer({ client, codec, contracts: [], logger });
  return { client, codec, producer };
};

/** What the copies know together: the brake of their group. */
const connectShared = (config: Config, { logger }: ServiceContext) => {
  const connections = createRedisSet({
    clientName: 'event-worker',
    logger,
    commandTimeoutMs: redisTimeoutMs,
  });
  const redis = connections.at(config.REDIS_URL);
  const brake = createRedisBrake({ redis, groupId: consumerGroup, now: Date.now });
  return { brake, close: connections.close };
};

const createConsumer = (
  config: Config,
  { logger, metrics, onFatal }: ServiceContext,
  parts: Pick<BatchConsumerOptions<SourceEvent>, 'client' | 'codec' | 'producer' | 'handler' | 'brakeStore'>,
): BatchConsumer =>
  createBatchConsumer({
    ...parts,
    groupId: consumerGroup,
    ladder: contactSyncLadder,
    logger,
    hooks: createWorkerMetrics(metrics),
    onFatal,
    concurrency: config.CONSUME_CONCURRENCY,
  });

const assertNotBraked = async (consumer: BatchConsumer): Promise<void> => {
  const braked = consumer.braked();
  if (braked === undefined) return;
  const { fingerprint, topic, partition } = braked;
  throw new Error(`paused: too many records fail with ${fingerprint}; tried again at ${topic}/${partition}`);
};

/** The real adapters of event-worker; consuming begins as soon as Kafka is there. */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const contacts = connectContacts(config);
  const { client, codec, producer } = connectKafka(config, context);
  const shared = connectShared(config, context);
  const consumer = createConsumer(config, context, {
    client,
    codec,
    producer,
    handler: contactSyncHandler(contacts.applier),
    brakeStore: shared.brake,
  });
  const keys = createKeyRing(remoteJwks({ authUrl: config.AUTH_URL }));
  void producer.connect();
  void consumer.start();
  return {
    keys,
    brake: shared.brake,
    isAlive: () => !consumer.frozen(),
    checks: {
      consumer: {
        gate: 'startup',
        check: () => assertHealthy(consumer, 'not a member of its consumer group'),
      },
      producer: {
        gate: 'startup',
        check: () => assertHealthy(producer, 'no connection to Kafka for retries and dead letters'),
      },
      registry: { gate: 'startup', check: () => codec.prepare(sourceEventContracts) },
      brake: { gate: 'startup', check: () => assertNotBraked(consumer) },
      auth: { gate: 'startup', check: keys.ready },
    },
    close: async () => {
      await consumer.stop();
      await producer.close();
      await contacts.close();
      await shared.close();
      await keys.close();
    },
  };
};
