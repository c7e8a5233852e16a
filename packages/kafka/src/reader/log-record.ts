import type { UnreadableBatch } from '../client/unreadable-batch.ts';
import type { RawHeaders } from '../producer/outgoing.ts';

/** A place in the log: of a record, or of the next one to be written where there is none yet. */
export type LogPlace = { readonly topic: string; readonly partition: number; readonly offset: string };

/** A record as it stands in the log, bytes and headers as they came. */
export type LogRecord = LogPlace & {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
  /** Set where it stands for a batch of which no record can be read; the value is that batch. */
  readonly unreadable?: UnreadableBatch;
};

/** What was read of one partition; `next` is where to go on. */
export type LogSlice = {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  readonly next: string;
};

/** What a partition holds: from `first` up to but not with `end`. */
export type LogBounds = {
  readonly topic: string;
  readonly partition: number;
  readonly first: string;
  readonly end: string;
};

export type ReadOptions = {
  /** How long to wait for a first record where there is none, in milliseconds; 0 by default. */
  readonly waitMs?: number;
  /** Bytes of one partition, a batch of the log at least; 1 MiB by default. */
  readonly maxBytes?: number;
};
