import {
  createCodec,
  createKafkaClient,
  createRegistry,
  deploySchemas,
  deployTopics,
  type IntegrationEvent,
  integrationEventContracts,
  type TopicReader,
} from '@contact-sync/kafka';
import { startInfrastructure } from '@contact-sync/launcher/infrastructure.ts';
import { silentProgress } from '@contact-sync/launcher/progress.ts';
import { eventually, uniquePrefix } from '@contact-sync/testing';

type Told = IntegrationEvent<string>;

/** Of Kafka's protocol. */
const topicResource = 2;

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A broker of a file's own with the topics on which the service tells of changes, and somebody who listens. */
export const startIntegrationTopics = async () => {
  const infrastructure = await startInfrastructure({
    only: ['kafka', 'registry'],
    environment: { ...process.env, KAFKA_BROKERS: '' },
    progress: silentProgress,
  });
  const { KAFKA_BROKERS, SCHEMA_REGISTRY_URL } = infrastructure.environment;
  const client = createKafkaClient({ brokers: [KAFKA_BROKERS], clientId: 'test', logger: silent });
  const topics = integrationEventContracts.map(({ topic }) => topic);
  const config = { 'max.message.bytes': '2097152' };
  await deployTopics(
    client,
    topics.map((name) => ({ name, partitions: 1, config })),
  );
  await deploySchemas({ url: SCHEMA_REGISTRY_URL }, integrationEventContracts);
  const codec = createCodec({ registry: createRegistry({ url: SCHEMA_REGISTRY_URL }) });
  await codec.prepare(integrationEventContracts);
  const readers = new Map(
    integrationEventContracts.map((contract) => [contract.topic, contract as TopicReader<Told>]),
  );
  const heard: (Told & { readonly topic: string })[] = [];
  const consumer = client.openConsumer({ groupId: `${uniquePrefix()}listener`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const reader = readers.get(topic);
      if (reader) heard.push({ topic, ...(await codec.decode(reader, message.value)) });
    },
  });
  return {
    settings: { KAFKA_BROKERS, SCHEMA_REGISTRY_URL },
    /** What a topic takes of one record from now on, in bytes. */
    limit: async (topic: string, bytes: number) => {
      const admin = client.kafka.admin();
      await admin.connect();
      const configEntries = [{ name: 'max.message.bytes', value: String(bytes) }];
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: topicResource, name: topic, configEntries }],
      });
      await admin.disconnect();
    },
    /** Everything that was told of a contact, in the order in which it came on each topic. */
    heardOf: (id: string) => heard.filter(({ contactId }) => contactId === id),
    /** Waits until a version of a contact was told of. */
    untilHeard: (id: string, version: number) =>
      eventually(() => heard.some((told) => told.contactId === id && told.version === version), {
        timeoutMs: 30_000,
      }),
    stop: async () => {
      await consumer.disconnect();
      await infrastructure.stop();
    },
  };
};
export type IntegrationTopics = Awaited<ReturnType<typeof startIntegrationTopics>>;
