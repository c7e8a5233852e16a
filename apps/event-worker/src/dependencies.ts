import { type Access, connectAccess, createServiceTokens } from '@contact-sync/access';
import {
  type BatchConsumer,
  consumerGroup,
  createBatchConsumer,
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  type Producer,
  sourceEventContracts,
} from '@contact-sync/kafka';
import {
  type Connected,
  createHttpClient,
  kafkaAccess,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createHttpContactApplier } from './adapters/http-contact-applier.ts';
import { createWorkerMetrics } from './adapters/worker-metrics.ts';
import type { Config } from './config.ts';
import { contactSyncHandler } from './handlers/contact-sync.ts';

export type Dependencies = Connected & Access;

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
  // Only dead letters are written, and those are bytes as they came: no schema of ours is needed for them.
  const producer = createProducer({ client, codec, contracts: [], logger });
  return { client, codec, producer };
};

/** The real adapters of event-worker; consuming begins as soon as Kafka is there. */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const contacts = connectContacts(config);
  const { client, codec, producer } = connectKafka(config, context);
  const consumer = createBatchConsumer({
    client,
    codec,
    producer,
    groupId: consumerGroup,
    handler: contactSyncHandler(contacts.applier),
    logger: context.logger,
    hooks: createWorkerMetrics(context.metrics),
    onFatal: context.onFatal,
    concurrency: config.CONSUME_CONCURRENCY,
  });
  const access = connectAccess(config, context);
  void producer.connect();
  void consumer.start();
  return {
    keys: access.keys,
    revocations: access.revocations,
    checks: {
      consumer: {
        gate: 'startup',
        check: () => assertHealthy(consumer, 'not a member of its consumer group'),
      },
      producer: {
        gate: 'startup',
        check: () => assertHealthy(producer, 'no connection to Kafka for dead letters'),
      },
      registry: { gate: 'startup', check: () => codec.prepare(sourceEventContracts) },
      auth: { gate: 'startup', check: access.ready },
    },
    close: async () => {
      await consumer.stop();
      await producer.close();
      await contacts.close();
      await access.close();
    },
  };
};
