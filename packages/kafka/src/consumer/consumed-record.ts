import type { KafkaMessage } from 'kafkajs';
import type { UnreadableBatch } from '../client/unreadable-batch.ts';
import type { ReplayMark } from './outcome-recorder.ts';

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
  /** Where it was read. */
  readonly position: Origin;
  readonly origin: Origin;
  readonly message: KafkaMessage;
  /** Headers as text: of a name that stands more than once the last, and none whose value is null. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which attempt this is, from 1, since its topic or since its last replay. */
  readonly attempt: number;
  /** When it is to be tried, in milliseconds since the epoch; absent: now. */
  readonly dueAt?: number;
  /** RFC 3339. */
  readonly firstFailureAt?: string;
  readonly replay?: ReplayMark;
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
  /** The step of its trace that it is worked off in (W3C), for whoever it is handed to; absent where it has none. */
  readonly traceparent?: string;
};
