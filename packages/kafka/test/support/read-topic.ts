import { eventually } from '@contact-sync/testing';
import type { KafkaMessage } from 'kafkajs';
import type { KafkaClient } from '../../src/index.ts';
import { ownGroup } from './servers.ts';

export type StoredRecord = KafkaMessage & { readonly partition: number };

/** How many records a topic holds. */
export const countOf = async ({ kafka }: KafkaClient, topic: string): Promise<number> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets(topic);
    return partitions.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
};

/** Every record that a topic holds now, each partition in its order. */
export const readTopic = async (client: KafkaClient, topic: string): Promise<StoredRecord[]> => {
  const expected = await countOf(client, topic);
  const records: StoredRecord[] = [];
  if (expected === 0) return records;
  const consumer = client.openConsumer({ groupId: ownGroup(), maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message, partition }) => {
      records.push({ ...message, partition });
    },
  });
  await eventually(() => records.length >= expected, { timeoutMs: 30_000 });
  await consumer.disconnect();
  return records;
};
