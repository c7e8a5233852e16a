import type { SourceEvent } from '@contact-sync/domain';
import {
  type AcmeContactDeleted,
  acmeContactDeleted,
  createBatchConsumer,
  createCodec,
  createKafkaClient,
  createProducer,
  createRegistry,
  defineHandler,
  deploySchemas,
  deployTopics,
  done,
  type TopicContract,
} from '@contact-sync/kafka';
import { openRedis } from '@contact-sync/redis';
import { createLogger } from '@contact-sync/service-kit';
import {
  acmeDeletion,
  createTcpProxy,
  eventually,
  sourceEvent,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createRedisFateStore } from '../src/adapters/redis-fates/redis-fate-store.ts';
import { createFateRecorder } from '../src/fates/record-fates.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const { KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL } = testEnvironment();
const client = createKafkaClient({ brokers: KAFKA_BROKERS.split(','), clientId: 'worker-test', logger });
const codec = createCodec({ registry: createRegistry({ url: SCHEMA_REGISTRY_URL }) });

/** The topic of deletes under a name of the test's own. */
const ownTopic = async (): Promise<TopicContract<AcmeContactDeleted>> => {
  const topic = `${uniquePrefix()}deleted`;
  const contract = { ...acmeContactDeleted, topic, subject: `${topic}-value` };
  await deployTopics(client, [{ name: topic, partitions: 2, config: {} }]);
  await deploySchemas({ url: SCHEMA_REGISTRY_URL }, [contract]);
  return contract;
};

/** A store whose way to Redis can be made bad. */
const openStore = async () => {
  const { hostname: host, port } = new URL(REDIS_URL);
  const proxy = await createTcpProxy({ target: { host, port: Number(port) } });
  const url = proxy.url('redis');
  const redis = await openRedis(url, { commandTimeoutMs: 500 });
  onTestFinished(async () => {
    await redis.close();
    await proxy.close();
  });
  const settings = { keptSeconds: 600, keptEvents: 1_000, now: Date.now, prefix: uniquePrefix() };
  return { proxy, store: createRedisFateStore({ redis, ...settings }) };
};

const send = async (contract: TopicContract<AcmeContactDeleted>, events: readonly SourceEvent[]) => {
  const producer = createProducer({ client, codec, contracts: [contract], logger });
  onTestFinished(() => producer.close());
  await producer.connect();
  const values = events as readonly AcmeContactDeleted[];
  await Promise.all(
    values.map((value) => producer.send(contract, { value, headers: { 'secret-id': 'acme-1' } })),
  );
  return producer;
};

test('while Redis is away no offset is committed; once it is back each event has the fate that it first came to', async () => {
  const topic = await ownTopic();
  const { proxy, store } = await openStore();
  const events = Array.from({ length: 60 }, (_, index) =>
    sourceEvent(acmeDeletion(`${topic.topic}-${index}`, 1)),
  );
  const producer = await send(topic, events);
  const handled = new Map<string, number>();
  const consumer = createBatchConsumer<SourceEvent>({
    client,
    codec,
    producer,
    groupId: `${topic.topic}.group`,
    // Answers a repeat as contact-service does, which knows the event again.
    handler: defineHandler<SourceEvent>([topic], async (records) =>
      records.map(({ value: { eventId } }) => {
        handled.set(eventId, (handled.get(eventId) ?? 0) + 1);
        return done('applied', 1);
      }),
    ),
    recorder: createFateRecorder(store),
    backoff: { firstMs: 50, maxMs: 200 },
    logger,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => consumer.stop());
  proxy.setBehaviour({ kind: 'refuse' });
  proxy.cutAll();
  void consumer.start();

  const ids = events.map(({ eventId }) => eventId);
  await eventually(() => {
    for (const id of ids) expect(handled.get(id)).toBeGreaterThan(1);
  });
  proxy.setBehaviour({ kind: 'pass' });
  const found = await eventually(async () => {
    const all = await store.ofEvents(ids);
    for (const { records } of all) expect(records).not.toEqual([]);
    return all;
  });
  for (const { records } of found) {
    expect(new Set(records.map(({ content }) => content)).size).toBe(1);
    expect(records[0]).toMatchObject({ outcome: 'applied', version: 1, secretId: 'acme-1' });
  }
});
