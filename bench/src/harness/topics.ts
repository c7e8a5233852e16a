import { createKafkaClient, deployTopics } from '@contact-sync/kafka';
import { type EventuallyOptions, eventually } from '@contact-sync/testing';
import type { Admin } from 'kafkajs';
import { quietLogger as logger } from './quiet-logger.ts';

const clientOf = (brokers: string) =>
  createKafkaClient({ brokers: brokers.split(','), clientId: 'bench', logger });

const withAdmin = async <Result>(
  brokers: string,
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> => {
  const admin = clientOf(brokers).kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

/** Makes topics for ceilings, as wide as the ones that events travel on. */
export const createTopics = async (brokers: string, topics: readonly string[]): Promise<void> => {
  const wide = topics.map((name) => ({ name, partitions: 6, config: {} }));
  await deployTopics(clientOf(brokers), wide, { replicationFactor: 1 });
};

/** How many records each partition of a topic has. */
export const countRecords = (brokers: string, topic: string): Promise<number[]> =>
  withAdmin(brokers, async (admin) => {
    const partitions = await admin.fetchTopicOffsets(topic);
    return partitions.map(({ high, low }) => Number(high) - Number(low));
  });

type Reading = { readonly groupId: string; readonly topic: string };

/** Resolves when a group has committed all that a topic has. Rejects when that takes longer than it may. */
export const untilWorkedOff = (
  brokers: string,
  { groupId, topic }: Reading,
  within: EventuallyOptions,
): Promise<void> =>
  withAdmin(brokers, async (admin) => {
    await eventually(async () => {
      const ends = await admin.fetchTopicOffsets(topic);
      const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const reached = new Map(
        committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]),
      );
      // Where nothing has been committed Kafka says -1.
      return ends.every(({ partition, high }) => Math.max(0, reached.get(partition) ?? 0) >= Number(high));
    }, within);
  });
