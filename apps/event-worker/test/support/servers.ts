import {
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  deployTopics,
  type KafkaClient,
  type Producer,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { createLogger } from '@contact-sync/service-kit';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { onTestFinished } from 'vitest';

export const silent = createLogger({ service: 'test', level: 'silent' });

export const connectClient = (): KafkaClient =>
  createKafkaClient({
    brokers: testEnvironment().KAFKA_BROKERS.split(','),
    clientId: 'worker-test',
    logger: silent,
  });

export const connectCodec = () =>
  createCodec({ registry: createRegistry({ url: testEnvironment().SCHEMA_REGISTRY_URL }) });

/** Closed with the test. */
export const connectRedis = async (): Promise<RedisConnection> => {
  const redis = await openRedis(testEnvironment().REDIS_URL);
  onTestFinished(() => redis.close());
  return redis;
};

/** Closed with the test. */
export const connectProducer = async (client: KafkaClient): Promise<Producer> => {
  const contracts = [...sourceEventContracts, webhookQuarantine];
  const producer = createProducer({ client, codec: connectCodec(), contracts, logger: silent });
  onTestFinished(() => producer.close());
  await producer.connect();
  return producer;
};

/** A topic of the test's own. */
export const ownTopic = async (client: KafkaClient, partitions = 2): Promise<string> => {
  const name = `${uniquePrefix()}letters`;
  await deployTopics(client, [{ name, partitions, config: { 'max.message.bytes': '2097152' } }]);
  return name;
};
