import type { KafkaClient } from '../../src/index.ts';

/** The committed offset of a group on one partition; -1 when there is none. */
export const committedOffset = async (
  { kafka }: KafkaClient,
  groupId: string,
  topic: string,
  partition = 0,
): Promise<number> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return Number(offsets?.partitions.find((entry) => entry.partition === partition)?.offset ?? -1);
  } finally {
    await admin.disconnect();
  }
};
