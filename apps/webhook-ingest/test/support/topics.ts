import type { SourceEvent } from '@contact-sync/domain';
import { sourceEventContracts, type TopicReader, webhookQuarantine } from '@contact-sync/kafka';
import { eventually, uniquePrefix } from '@contact-sync/testing';
import type { Servers } from './servers.ts';

/** A record as it lies on the broker. */
export type StoredRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
};

const countOf = async ({ client }: Servers, topics: readonly string[]): Promise<number> => {
  const admin = client.kafka.admin();
  await admin.connect();
  try {
    const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    return offsets.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
};

/** Every record that the service has made durable until now, each partition in its order. */
export const readRecords = async (
  servers: Servers,
  topics: readonly string[] = [...sourceEventContracts, webhookQuarantine].map(({ topic }) => topic),
): Promise<StoredRecord[]> => {
  const expected = await countOf(servers, topics);
  const records: StoredRecord[] = [];
  if (expected === 0) return records;
  const groupId = `${uniquePrefix()}reader`;
  const consumer = servers.client.openConsumer({ groupId, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message: { offset, value, headers = {} } }) => {
      const texts = Object.entries(headers).map(([name, header]) => [name, String(header)]);
      records.push({ topic, partition, offset, value, headers: Object.fromEntries(texts) });
    },
  });
  await eventually(() => records.length >= expected, { timeoutMs: 60_000 });
  await consumer.disconnect();
  return records;
};

/** Every event on the topics of AcmeCRM's events, as its consumers see it. */
export const readEvents = async (servers: Servers): Promise<SourceEvent[]> => {
  const readers = new Map<string, TopicReader<SourceEvent>>(
    sourceEventContracts.map((contract) => [contract.topic, contract]),
  );
  const records = await readRecords(servers, [...readers.keys()]);
  return Promise.all(
    records.map(({ topic, value }) =>
      servers.codec.decode(readers.get(topic) as TopicReader<SourceEvent>, value),
    ),
  );
};
