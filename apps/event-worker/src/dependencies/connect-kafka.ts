import { createCodec, createKafkaClient, createProducer, createRegistry } from '@contact-sync/kafka';
import { kafkaAccess, producerMetrics, type ServiceContext } from '@contact-sync/service-kit';
import type { Config } from '../config.ts';

export const connectKafka = (config: Config, { logger, metrics }: ServiceContext) => {
  const { cluster, registry } = kafkaAccess(config);
  const client = createKafkaClient({ ...cluster, clientId: 'event-worker', logger });
  const codec = createCodec({ registry: createRegistry(registry) });
  // Only retries and dead letters are written, and those are bytes as they came: no schema of ours is needed for them.
  const told = producerMetrics(metrics, 'retries');
  const producer = told.watch(
    createProducer({ client, codec, contracts: [], logger, onBatch: told.onBatch }),
  );
  return { client, codec, producer };
};

export type ConnectedKafka = ReturnType<typeof connectKafka>;
