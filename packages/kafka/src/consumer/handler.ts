import type { TopicReader } from '../contracts/topic-contract.ts';
import type { ConsumedRecord } from './consumed-record.ts';
import type { BatchRefusal, Outcome } from './outcome.ts';

export type HandlerContext = {
  /** Aborts at the handler's time-out and when a stop cannot wait longer; results that come after it are not used. */
  readonly signal: AbortSignal;
  /** How often in a row this partition has failed as a whole before this call. */
  readonly failures: number;
};

/**
 * Works off records of one partition, in order: one outcome for each, in the same order, once its effect is durable. It
 * may be called again with any part of the same records.
 *
 * A batch that is refused whole is halved at once, down to the record at fault. A fault is thrown: nothing is committed,
 * the partition waits and the records come again; the third time they are halved as well, unless the fault is an AppError
 * that says the other side takes nothing now (code DEPENDENCY_UNAVAILABLE); where that says for how long, the partition
 * waits as long. No exception, and no call that never settles, stops the
 * consumer.
 */
export type BatchHandler<Value> = (
  records: readonly ConsumedRecord<Value>[],
  context: HandlerContext,
) => Promise<readonly Outcome[] | BatchRefusal>;

export type Handler<Value> = {
  readonly contracts: readonly TopicReader<Value>[];
  readonly handle: BatchHandler<Value>;
};

/** Binds a batch handler to the topics that it is for; the values are typed by the contracts. */
export const defineHandler = <Value>(
  contracts: readonly TopicReader<Value>[],
  handle: BatchHandler<Value>,
): Handler<Value> => ({ contracts, handle });
