import type { KafkaMessage } from 'kafkajs';

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
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: Origin;
};

/** A record as a handler gets it. */
export type ConsumedRecord<Value> = {
  readonly value: Value;
  /** The contact id. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: Origin;
};

/** Names of the headers that tell where a record stood first; written with dead letters and retries. */
export const originHeaders = {
  topic: 'x-original-topic',
  partition: 'x-original-partition',
  offset: 'x-original-offset',
  timestamp: 'x-original-timestamp',
} as const;

const textHeaders = (headers: KafkaMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => {
      const last = Array.isArray(value) ? value.at(-1) : value;
      return last === undefined ? [] : [[name, last.toString()]];
    }),
  );

export const incomingRecord = (topic: string, partition: number, message: KafkaMessage): IncomingRecord => {
  const headers = textHeaders(message.headers);
  const origin: Origin = {
    topic: headers[originHeaders.topic] ?? topic,
    partition: Number(headers[originHeaders.partition] ?? partition),
    offset: headers[originHeaders.offset] ?? message.offset,
    timestamp: Number(headers[originHeaders.timestamp] ?? message.timestamp),
  };
  return { topic, partition, message, headers, origin };
};
