import { randomBytes } from 'node:crypto';
import { editContact } from '@contact-sync/client';
import { withRedis } from '../src/redis-keys.ts';
import type { Fault, World } from './world.ts';

const TOPIC = 'integration.contact.updated.v1';
/** Of the protocol: a topic, and a setting that it has of its own. */
const topicResource = 2;
const ofTopic = 1;

/** Sets what a topic has of its own, beside what it has. */
const setTopic = async ({ kafka }: World, changes: Readonly<Record<string, string>>) => {
  const admin = kafka.kafka.admin();
  await admin.connect();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: topicResource, name: TOPIC }],
  });
  const own = (resources[0]?.configEntries ?? []).filter(
    ({ configSource }) => Number(configSource) === ofTopic,
  );
  const before = Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue]));
  const configEntries = Object.entries({ ...before, ...changes }).map(([name, value]) => ({ name, value }));
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: topicResource, name: TOPIC, configEntries }],
  });
  await admin.disconnect();
};

const editOne = async ({ api }: World, email: string, notes: string): Promise<void> => {
  const body = { firstName: 'Ada', lastName: 'Lovelace', email };
  const { id } = (await api.createContact({ body })).body;
  await editContact(api, id, () => ({ notes }));
};

/** The key of the lease, as the runbook names it. */
const LEASE = 'integration:{0}:outbox-lease';

const nobodyRelays: Fault = {
  name: 'the lease of the relay is with somebody who does not relay',
  runbooks: ['outbox-stuck'],
  plant: async (world) => {
    const { redisUrl } = world.system;
    await withRedis(redisUrl, (redis) => redis.use((client) => client.set(LEASE, 'another-copy')));
    await editOne(world, 'stuck@example.com', 'waits');
    return {
      heal: async () => void (await withRedis(redisUrl, (redis) => redis.use((client) => client.del(LEASE)))),
    };
  },
};

const tooSmall: Fault = {
  name: 'the topic of changes takes small records alone',
  runbooks: ['outbox-refused'],
  plant: async (world) => {
    await setTopic(world, { 'max.message.bytes': '2048' });
    await editOne(world, 'large@example.com', randomBytes(900).toString('hex'));
    return { heal: async () => undefined };
  },
};

/** Outgoing events that wait. */
export const faultsOfOutbox: readonly Fault[] = [nobodyRelays, tooSmall];
