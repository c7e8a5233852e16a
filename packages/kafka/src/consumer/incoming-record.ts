import type { KafkaMessage } from 'kafkajs';
import type { ReadMessage } from '../client/unreadable-batch.ts';
import type { RetryLadder } from '../contracts/topic-names.ts';
import type { IncomingRecord, Origin } from './consumed-record.ts';
import { readTierHeaders } from './tier-headers.ts';

const textHeaders = (headers: KafkaMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => {
      // A null value is one of Kafka's, though kafkajs's types do not know it.
      const last: string | Buffer | null | undefined = Array.isArray(value) ? value.at(-1) : value;
      return last === undefined || last === null ? [] : [[name, last.toString()]];
    }),
  );

/** A message at its place, as a record. */
export type ReadRecord = (topic: string, partition: number, message: ReadMessage) => IncomingRecord;

/**
 * Reads messages as records. Only on the tiers of the ladder are headers believed about where a record stood and how
 * often it failed: whoever writes to any other topic could send our dead letters to topics that do not exist.
 */
export const createRecordReader = (ladder?: RetryLadder): ReadRecord => {
  const waits = new Map(ladder?.tiers.map(({ topic, waitMs }) => [topic, waitMs]));

  return (topic, partition, message) => {
    const headers = textHeaders(message.headers);
    const position: Origin = {
      topic,
      partition,
      offset: message.offset,
      timestamp: Number(message.timestamp),
    };
    const { unreadable } = message;
    const plain = { position, message, headers, ...(unreadable !== undefined && { unreadable }) };
    const waitMs = waits.get(topic);
    const told = waitMs === undefined ? undefined : readTierHeaders(headers);
    if (waitMs === undefined || told === undefined) return { ...plain, origin: position, attempt: 1 };
    const { attempts, dueAt, ...carried } = told;
    // A time that is further away than the tier ever waits is a clock that is wrong.
    return { ...plain, ...carried, attempt: attempts + 1, dueAt: Math.min(dueAt, Date.now() + waitMs) };
  };
};
