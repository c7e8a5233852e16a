import { eventually, uniquePrefix } from '@contact-sync/testing';
import { ConfigResourceTypes } from 'kafkajs';
import { expect, test } from 'vitest';
import { deployTopics, type TopicSpec } from '../src/index.ts';
import { connectClient } from './support/servers.ts';

const day = 86_400_000;

const spec = (change: Partial<TopicSpec> = {}): TopicSpec => ({
  name: `${uniquePrefix()}topic`,
  partitions: 2,
  config: { 'retention.ms': String(7 * day), 'max.message.bytes': '2097152', 'cleanup.policy': 'delete' },
  ...change,
});

/** What the brokers say of a topic; they hear of a change a moment after it. */
const present = async (name: string) => {
  const admin = connectClient().kafka.admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name }],
  });
  await admin.disconnect();
  const entries = resources[0]?.configEntries ?? [];
  const config = Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
  return { partitions: topics[0]?.partitions.length, config };
};

/** A topic that the deployment finds, with two partitions in one copy. */
const makeByHand = async (topic: string, config: Readonly<Record<string, string>>): Promise<void> => {
  const admin = connectClient().kafka.admin();
  await admin.connect();
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  const made = { topic, numPartitions: 2, replicationFactor: 1, configEntries };
  // kafkajs's own waiting fails where the broker has not heard of the topic yet.
  await admin.createTopics({ topics: [made], waitForLeaders: false });
  await eventually(async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]?.partitions.map(({ leader }) => leader >= 0)).toEqual([true, true]);
  });
  await admin.disconnect();
};

test('a missing topic is made as declared, durable beyond one copy', async () => {
  const topic = spec();
  expect(await deployTopics(connectClient(), [topic])).toEqual([{ ...topic, changes: ['created'] }]);
  await eventually(async () =>
    expect(await present(topic.name)).toMatchObject({
      partitions: 2,
      config: {
        'retention.ms': String(7 * day),
        'max.message.bytes': '2097152',
        'min.insync.replicas': '1',
        'unclean.leader.election.enable': 'false',
      },
    }),
  );
});

test('repeating it changes nothing', async () => {
  const topic = spec();
  await deployTopics(connectClient(), [topic]);
  const before = await present(topic.name);
  expect(await deployTopics(connectClient(), [topic])).toEqual([{ ...topic, changes: [] }]);
  expect(await present(topic.name)).toEqual(before);
});

test('partitions and limits are raised, and settings that are not declared stay', async () => {
  const topic = spec();
  await deployTopics(connectClient(), [
    { ...topic, config: { ...topic.config, 'segment.ms': '3600000', 'retention.ms': String(day) } },
  ]);
  const [report] = await deployTopics(connectClient(), [{ ...topic, partitions: 5 }]);
  expect(report?.changes).toEqual(['partitions 2 → 5', `retention.ms ${day} → ${7 * day}`]);
  await eventually(async () =>
    expect(await present(topic.name)).toMatchObject({
      partitions: 5,
      config: {
        'retention.ms': String(7 * day),
        'segment.ms': '3600000',
        'unclean.leader.election.enable': 'false',
      },
    }),
  );
});

test('nothing is lowered: what somebody has set higher is left, reported, and is what counts', async () => {
  const topic = spec();
  const higher = { ...topic.config, 'retention.ms': String(30 * day) };
  await deployTopics(connectClient(), [{ ...topic, partitions: 4, config: higher }]);
  const [report] = await deployTopics(connectClient(), [topic]);
  expect(report).toMatchObject({
    partitions: 4,
    config: { 'retention.ms': String(30 * day) },
    changes: ['partitions 4 kept (declared 2)', `retention.ms ${30 * day} kept (declared ${7 * day})`],
  });
  await eventually(async () =>
    expect(await present(topic.name)).toMatchObject({
      partitions: 4,
      config: { 'retention.ms': String(30 * day) },
    }),
  );
});

test('a topic that somebody else made gets what keeps records readable and acknowledged ones safe', async () => {
  const topic = spec();
  const wanted = { ...topic, config: { ...topic.config, 'compression.type': 'producer' } };
  await makeByHand(topic.name, {
    'compression.type': 'lz4',
    'unclean.leader.election.enable': 'true',
    'cleanup.policy': 'compact',
    'retention.ms': String(day),
    'segment.ms': '3600000',
  });
  const [report] = await deployTopics(connectClient(), [wanted]);
  expect(report?.changes.toSorted()).toEqual([
    'cleanup.policy compact → delete',
    'compression.type lz4 → producer',
    'max.message.bytes 1048588 → 2097152',
    `retention.ms ${day} → ${7 * day}`,
    'unclean.leader.election.enable true → false',
  ]);
  await eventually(async () =>
    expect(await present(topic.name)).toMatchObject({
      config: { ...wanted.config, 'unclean.leader.election.enable': 'false', 'segment.ms': '3600000' },
    }),
  );
  expect(await deployTopics(connectClient(), [wanted])).toEqual([{ ...wanted, changes: [] }]);
});

test('a topic with fewer copies than declared is told, and no more is demanded of it than it has', async () => {
  const topic = spec();
  await makeByHand(topic.name, {});
  const [report] = await deployTopics(connectClient(), [topic], { replicationFactor: 3 });
  expect(report?.changes).toContain('replication 1 kept (declared 3): reassign its partitions');
  expect((await present(topic.name)).config).toMatchObject({ 'min.insync.replicas': '1' });
});

test('a retention without end counts as higher than any', async () => {
  const topic = spec({ config: { 'retention.ms': '-1' } });
  await deployTopics(connectClient(), [topic]);
  const [report] = await deployTopics(connectClient(), [
    { ...topic, config: { 'retention.ms': String(day) } },
  ]);
  expect(report?.config).toEqual({ 'retention.ms': '-1' });
});

test('more copies than there are brokers is refused', async () => {
  await expect(deployTopics(connectClient(), [spec()], { replicationFactor: 3 })).rejects.toThrow();
});
