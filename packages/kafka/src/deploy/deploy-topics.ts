import type { Admin } from 'kafkajs';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import { durabilityFaults, durable } from './durability.ts';
import { raiseConfig } from './raise-config.ts';
import { waitForLeaders } from './wait-for-leaders.ts';

/** A topic as it should be. `config` holds Kafka's own names and values. */
export type TopicSpec = {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
};

/** What the deployment found or did. `config` is what holds now for every name in the spec. */
export type TopicReport = {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
  /** One short text for each thing done or left as it is on purpose; empty when nothing differed. */
  readonly changes: readonly string[];
};

type Options = {
  /** The largest number of copies that the brokers allow, up to 3, by default. */
  readonly replicationFactor?: number;
};

const create = async (
  admin: Admin,
  missing: readonly TopicSpec[],
  replicationFactor: number,
): Promise<TopicReport[]> => {
  if (missing.length === 0) return [];
  await admin.createTopics({
    waitForLeaders: false,
    timeout: 30_000,
    topics: missing.map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries({ ...durable(replicationFactor), ...config }).map(([name, value]) => ({
        name,
        value,
      })),
    })),
  });
  await waitForLeaders(
    admin,
    missing.map(({ name }) => name),
    30_000,
  );
  return missing.map((spec) => ({ ...spec, changes: ['created'] }));
};

const addPartitions = async (admin: Admin, { name, partitions }: TopicSpec, present: number) => {
  if (partitions > present) {
    await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] });
    return { partitions, changes: [`partitions ${present} → ${partitions}`] };
  }
  // Kafka cannot take partitions away, and a key must not move more often than it has to.
  const changes = partitions < present ? [`partitions ${present} kept (declared ${partitions})`] : [];
  return { partitions: present, changes };
};

type Present = { readonly partitions: number; readonly replicas: number };

/** What a topic that we did not make must have beside what is declared: an acknowledged record is not lost. */
const alter = async (
  admin: Admin,
  spec: TopicSpec,
  present: Present,
  replicationFactor: number,
): Promise<TopicReport> => {
  const grown = await addPartitions(admin, spec, present.partitions);
  const config = { ...durable(Math.min(present.replicas, replicationFactor)), ...spec.config };
  const raised = await raiseConfig(admin, { ...spec, config });
  return {
    name: spec.name,
    partitions: grown.partitions,
    config: Object.fromEntries(Object.keys(spec.config).map((name) => [name, raised.config[name] ?? ''])),
    changes: [
      ...grown.changes,
      ...raised.changes,
      ...durabilityFaults(present.replicas, replicationFactor, raised.config),
    ],
  };
};

const presentOf = async (admin: Admin, names: readonly string[]): Promise<Map<string, Present>> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      {
        partitions: partitions.length,
        replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      },
    ]),
  );
};

const replicasFor = async (admin: Admin): Promise<number> => {
  const { brokers } = await admin.describeCluster();
  return Math.min(3, brokers.length);
};

/**
 * Makes the topics be as declared: creates what is missing, adds partitions, raises limits (a retention or size that
 * somebody has set higher is left and reported). A topic that somebody else made gets what keeps acknowledged records
 * (no unclean election, copies in sync); what cannot be changed here, such as too few copies, is reported. Repeating it
 * changes nothing. Rejects with kafkajs's error.
 */
export const deployTopics = async (
  client: KafkaClient,
  specs: readonly TopicSpec[],
  options: Options = {},
): Promise<TopicReport[]> => {
  const admin = client.kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = specs.filter(({ name }) => !existing.has(name));
    const replicationFactor = options.replicationFactor ?? (await replicasFor(admin));
    const reports = await create(admin, missing, replicationFactor);
    const present = specs.filter(({ name }) => existing.has(name));
    if (present.length > 0) {
      const found = await presentOf(
        admin,
        present.map(({ name }) => name),
      );
      for (const spec of present) {
        reports.push(
          await alter(admin, spec, found.get(spec.name) ?? { partitions: 0, replicas: 0 }, replicationFactor),
        );
      }
    }
    const byName = new Map(reports.map((report) => [report.name, report]));
    return specs.map(({ name }) => byName.get(name) as TopicReport);
  } finally {
    await admin.disconnect();
  }
};
