import type { KafkaMessage } from 'kafkajs';
import type { ReadMessage, UnreadableBatch } from '../client/unreadable-batch.ts';
import { originHeaders } from '../contracts/record-headers.ts';
import { contactSyncLadder } from '../contracts/topic-names.ts';

/** Where a record stood first, before any retry or replay: its identity among dead letters (design rule 9). */
export type Origin = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since the epoch, by the producer's clock. */
  readonly timestamp: number;
};

/** A record as it came from the broker. */
export type IncomingRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
  /** Headers as text: of a name that stands more than once the last, and none whose value is null. */
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: Origin;
  /** Set where the record stands for a batch of which no record can be read. */
  readonly unreadable?: UnreadableBatch;
};

/** A record as a handler gets it. */
export type ConsumedRecord<Value> = {
  readonly value: Value;
  /** The contact id. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: Origin;
};

const tierTopics = contactSyncLadder.tiers.map((tier) => tier.topic);

const textHeaders = (headers: KafkaMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => {
      // A null value is one of Kafka's, though kafkajs's types do not know it.
      const last: string | Buffer | null | undefined = Array.isArray(value) ? value.at(-1) : value;
      return last === undefined || last === null ? [] : [[name, last.toString()]];
    }),
  );

const isWhole = (text: string): boolean => /^\d{1,19}$/.test(text);

/** What the headers of a moved record say; undefined unless they say all of it, in numbers that Kafka has. */
const movedFrom = (headers: Readonly<Record<string, string>>): Origin | undefined => {
  const {
    topic = '',
    partition = '',
    offset = '',
    timestamp = '',
  } = Object.fromEntries(Object.entries(originHeaders).map(([name, header]) => [name, headers[header]]));
  if (topic === '' || !isWhole(offset) || !isWhole(partition) || !isWhole(timestamp)) return undefined;
  return { topic, partition: Number(partition), offset, timestamp: Number(timestamp) };
};

/**
 * A record with its origin. Only on a retry tier are headers believed about that: whoever writes to any other topic could
 * send our dead letters to topics that do not exist.
 */
export const incomingRecord = (topic: string, partition: number, message: ReadMessage): IncomingRecord => {
  const headers = textHeaders(message.headers);
  const here: Origin = { topic, partition, offset: message.offset, timestamp: Number(message.timestamp) };
  const origin = (tierTopics.includes(topic) ? movedFrom(headers) : undefined) ?? here;
  const { unreadable } = message;
  return { topic, partition, message, headers, origin, ...(unreadable !== undefined && { unreadable }) };
};
