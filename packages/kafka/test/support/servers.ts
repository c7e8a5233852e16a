import { randomUUID } from 'node:crypto';
import {
  type Codec,
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  deadLetterTopic,
  deploySchemas,
  deployTopics,
  type KafkaClient,
  type Logger,
  type Producer,
  type ProducerOptions,
  type TopicContract,
  type TopicReader,
} from '../../src/index.ts';

const address = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run through the root's vitest set-up`);
  return value;
};

export const brokers = () => address('KAFKA_BROKERS').split(',');
export const registryUrl = () => address('SCHEMA_REGISTRY_URL');

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const connectClient = (): KafkaClient =>
  createKafkaClient({ brokers: brokers(), clientId: 'kafka-test', logger: silent });

export const connectCodec = (): Codec => createCodec({ registry: createRegistry({ url: registryUrl() }) });

/** The contract under a topic of the test's own, which exists with its schema and its dead letters. */
export const ownTopic = async <Value>(
  client: KafkaClient,
  contract: TopicContract<Value>,
  { partitions = 1 } = {},
): Promise<TopicContract<Value>> => {
  const topic = `test.${randomUUID()}`;
  const own = { ...contract, topic, subject: `${topic}-value` };
  await deployTopics(client, [
    { name: topic, partitions, config: { 'max.message.bytes': '2097152' } },
    { name: deadLetterTopic(topic), partitions: 1, config: { 'max.message.bytes': '2097152' } },
  ]);
  await deploySchemas({ url: registryUrl() }, [own]);
  return own;
};

export const ownGroup = () => `test-group.${randomUUID()}`;

/** A connected producer for the contracts. */
export const connectProducer = async (
  client: KafkaClient,
  codec: Codec,
  contracts: readonly TopicReader<unknown>[],
  options: Partial<ProducerOptions> = {},
): Promise<Producer> => {
  const producer = createProducer({ client, codec, contracts, logger: silent, ...options });
  await producer.connect();
  return producer;
};
