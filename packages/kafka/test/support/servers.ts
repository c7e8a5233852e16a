import { connect } from 'node:net';
import { createTcpProxy, type TcpProxy, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { Kafka } from 'kafkajs';
import { onTestFinished } from 'vitest';
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
  type RetryLadder,
  type RetryTier,
  type TopicContract,
  type TopicReader,
} from '../../src/index.ts';

export const brokers = () => testEnvironment().KAFKA_BROKERS.split(',');
export const registryUrl = () => testEnvironment().SCHEMA_REGISTRY_URL;

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const connectClient = (): KafkaClient =>
  createKafkaClient({ brokers: brokers(), clientId: 'kafka-test', logger: silent });

/** A client whose every connection goes through a proxy that can be made bad. */
export const connectThroughProxy = async (): Promise<{ client: KafkaClient; proxy: TcpProxy }> => {
  connectClient();
  const [host = '', port] = brokers()[0]?.split(':') ?? [];
  const proxy = await createTcpProxy({ target: { host, port: Number(port) } });
  onTestFinished(() => proxy.close());
  const open = () =>
    new Kafka({
      brokers: brokers(),
      clientId: 'kafka-test',
      logCreator: () => () => undefined,
      connectionTimeout: 1_000,
      // What a frozen network swallowed is not waited for longer than a slow machine needs.
      requestTimeout: 3_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
      socketFactory: ({ onConnect }) => connect({ host: '127.0.0.1', port: proxy.port }, onConnect),
    });
  return { client: { kafka: open(), openConsumer: (config) => open().consumer(config) }, proxy };
};

export const connectCodec = (): Codec => createCodec({ registry: createRegistry({ url: registryUrl() }) });

const config = { 'max.message.bytes': '2097152' };

export const makeTopic = async (client: KafkaClient, name: string): Promise<void> => {
  await deployTopics(client, [{ name, partitions: 1, config }]);
};

/** The contract under a topic of the test's own, which exists with its schema and, unless told, its dead letters. */
export const ownTopic = async <Value>(
  client: KafkaClient,
  contract: TopicContract<Value>,
  { partitions = 1, deadLetters = true } = {},
): Promise<TopicContract<Value>> => {
  const topic = `${uniquePrefix()}topic`;
  const own = { ...contract, topic, subject: `${topic}-value` };
  await deployTopics(client, [
    { name: topic, partitions, config },
    ...(deadLetters ? [{ name: deadLetterTopic(topic), partitions: 1, config }] : []),
  ]);
  await deploySchemas({ url: registryUrl() }, [own]);
  return own;
};

/** A ladder of the test's own with these waits; its topics exist. */
export const ownLadder = async (
  client: KafkaClient,
  waits: readonly [number, ...number[]],
): Promise<RetryLadder> => {
  const groupId = `${uniquePrefix()}retry`;
  const [first, ...rest] = waits.map((waitMs, index) => ({ topic: `${groupId}.${index}`, waitMs }));
  const tiers: RetryLadder['tiers'] = [first as RetryTier, ...rest];
  const strayLetters = deadLetterTopic(groupId);
  const names = [...tiers.map(({ topic }) => topic), strayLetters];
  await deployTopics(
    client,
    names.map((name) => ({ name, partitions: 1, config })),
  );
  return { groupId, tiers, strayLetters };
};

export const ownGroup = () => `${uniquePrefix()}group`;

/** A connected producer for the contracts; closed with the test. */
export const connectProducer = async (
  client: KafkaClient,
  codec: Codec,
  contracts: readonly TopicReader<unknown>[],
  options: Partial<ProducerOptions> = {},
): Promise<Producer> => {
  const producer = createProducer({ client, codec, contracts, logger: silent, ...options });
  onTestFinished(() => producer.close());
  await producer.connect();
  return producer;
};
