import { emptyContactFields } from '@contact-sync/domain';
import {
  createBatchConsumer,
  createProducer,
  deadLetterTopic,
  deploySchemas,
  deployTopics,
  type IntegrationEvent,
  integrationContactUpdated,
  type RecordOutcome,
  retryLadder,
  type TopicContract,
} from '@contact-sync/kafka';
import { createHttpClient } from '@contact-sync/service-kit';
import {
  type AcmeStandInOptions,
  startAcmeStandIn,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { onTestFinished } from 'vitest';
import { createHttpAcmeApi } from '../../src/adapters/acme/http-acme-api.ts';
import { createRedisAcmeTurns } from '../../src/adapters/acme/redis-acme-turns.ts';
import { createRedisWriteBrake } from '../../src/adapters/write-brake/redis-write-brake.ts';
import { createWriter } from '../../src/write-back/writer.ts';
import { memoryContacts } from '../memory-contacts.ts';
import { connectClient, connectCodec, connectRedis, silent } from './servers.ts';

type Changed = IntegrationEvent<string>;

// Tells silence from a slow machine.
const acmeTimeoutMs = 2_000;
const partitions = 2;

/** The topic of updates under a name of the test's own, with all that belongs to a group that reads it. */
const ownTopics = async (client: ReturnType<typeof connectClient>) => {
  const group = `${uniquePrefix()}writer`;
  const topic = `${group}.updated`;
  const contract = { ...integrationContactUpdated, topic, subject: `${topic}-value` };
  const ladder = retryLadder(group);
  const names = [
    topic,
    deadLetterTopic(topic),
    ladder.strayLetters,
    ...ladder.tiers.map((tier) => tier.topic),
  ];
  await deployTopics(
    client,
    names.map((name) => ({ name, partitions, config: {} })),
  );
  await deploySchemas({ url: testEnvironment().SCHEMA_REGISTRY_URL }, [contract]);
  return { group, contract, ladder };
};

const eventOf = (contactId: string, version: number): Changed => {
  const at = new Date().toISOString();
  const names = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };
  const kept = { source: 'acmecrm', sourceId: null, createdAt: at, updatedAt: at, version } as const;
  return {
    eventId: `${contactId}-${version}`,
    eventType: 'contact.updated',
    occurredAt: at,
    contactId,
    version,
    data: { id: contactId, ...names, ...emptyContactFields, ...kept },
  };
};

/**
 * The writer as a consumer on the run's Kafka and Redis, between a contact-service in memory and an AcmeCRM that a test
 * plays. Everything ends with the test.
 */
export const runWriter = async (options: AcmeStandInOptions & { readonly perSecond?: number } = {}) => {
  const { perSecond = 1_000, ...acmeOptions } = options;
  const acme = await startAcmeStandIn(acmeOptions);
  const http = createHttpClient({ peer: 'AcmeCRM', baseUrl: acme.url, timeoutMs: acmeTimeoutMs });
  const [client, redis, codec, prefix] = [
    connectClient(),
    await connectRedis(),
    connectCodec(),
    uniquePrefix(),
  ];
  const { group, contract, ladder } = await ownTopics(client);
  const written = contract as TopicContract<Changed>;
  const producer = createProducer({ client, codec, contracts: [written], logger: silent });
  await producer.connect();
  const contacts = memoryContacts();
  const turns = createRedisAcmeTurns({ redis, name: 'writes', perSecond, prefix });
  const settled: RecordOutcome<unknown>[] = [];
  const start = () => {
    const consumer = createBatchConsumer({
      client,
      codec,
      producer,
      groupId: group,
      ladder,
      handler: {
        ...createWriter({
          api: createHttpAcmeApi({ http, apiKey: 'key', turns }),
          planner: contacts.planner,
          contacts: contacts.applier,
          brake: createRedisWriteBrake({ redis, most: () => 100, now: Date.now, prefix }),
          now: Date.now,
        }),
        contracts: [written],
      },
      logger: silent,
      onFatal: () => undefined,
      hooks: { onSettled: (outcomes) => void settled.push(...outcomes) },
      backoff: { firstMs: 100, maxMs: 500 },
      stopGraceMs: 1_000,
    });
    void consumer.start();
    return consumer;
  };
  const consumers = [start()];
  onTestFinished(async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await Promise.all([producer.close(), http.close(), acme.close()]);
  });
  return {
    acme,
    contacts,
    settled,
    /** Tells of contacts as they are now. */
    tell: (ids: readonly string[]) =>
      Promise.all(
        ids.map((id) =>
          producer.send(written, { value: eventOf(id, contacts.contact(id).version), headers: {} }),
        ),
      ),
    /** Another copy takes over, as after a deployment. */
    takeOver: async () => {
      await consumers.at(-1)?.stop();
      consumers.push(start());
    },
  };
};
