import { createKafkaClient } from '@contact-sync/kafka';
import { type EventuallyOptions, eventually } from '@contact-sync/testing';
import type { Admin } from 'kafkajs';
import { quietLogger as logger } from './quiet-logger.ts';

const withAdmin = async <Result>(
  brokers: string,
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> => {
  const { kafka } = createKafkaClient({ brokers: brokers.split(','), clientId: 'bench', logger });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

/** Makes topics for ceilings, as wide as the ones that events travel on. */
export const createTopics = (brokers: string, topics: readonly string[]): Promise<void> =>
  withAdmin(brokers, async (admin) => {
    const wide = topics.map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 }));
    await admin.createTopics({ topics: wide, waitForLeaders: true });
  });

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
