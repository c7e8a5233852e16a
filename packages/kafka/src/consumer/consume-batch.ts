import type { EachBatchPayload } from 'kafkajs';
import type { BackoffOptions } from '../backoff.ts';
import type { Logger } from '../logger.ts';
import type { IncomingRecord } from './consumed-record.ts';
import type { Run } from './handle-records.ts';
import type { ConsumerHooks } from './hooks.ts';
import type { ReadRecord } from './incoming-record.ts';
import { createPartitionWaits } from './partition-waits.ts';
import type { Progress } from './work-off.ts';

export type ConsumeBatchOptions = {
  readonly readRecord: ReadRecord;
  readonly workOff: (records: readonly IncomingRecord[], run: Run) => Promise<Progress>;
  readonly maxBatch: number;
  readonly heartbeatMs: number;
  readonly backoff: BackoffOptions;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
};

/** How a batch ends before its time. */
export type Ending = {
  /** Whether nothing more of it is to be begun. */
  readonly isNear: () => boolean;
  /** Gives up what is under way. */
  readonly giveUp: AbortSignal;
};

/**
 * The way of one fetched batch, until it is worked off or has to wait: then the milliseconds for which nothing more of its
 * partition is to be read. Rejects with kafkajs's own errors only.
 */
export type ConsumeBatch = (payload: EachBatchPayload, ending: Ending) => Promise<number | undefined>;

const isKafkajsError = (error: unknown): error is Error =>
  error instanceof Error && error.name.startsWith('KafkaJS');

/** Keeps the member in its group while `work` runs; a rebalance that shows meanwhile is told when it is done. */
const withHeartbeat = async <T>(payload: EachBatchPayload, everyMs: number, work: () => Promise<T>) => {
  let lost: unknown;
  const timer = setInterval(() => {
    payload.heartbeat().catch((error: unknown) => {
      lost ??= error;
    });
  }, everyMs);
  try {
    return { result: await work(), lost: () => lost };
  } finally {
    clearInterval(timer);
  }
};

/** The records in front that are due, and how long the first of the others still has to wait. */
const splitByDue = (records: readonly IncomingRecord[]) => {
  const now = Date.now();
  const index = records.findIndex(({ dueAt = now }) => dueAt > now);
  const first = records[index];
  if (first === undefined) return { due: records };
  return { due: records.slice(0, index), waitMs: (first.dueAt ?? now) - now };
};

/**
 * Works a batch off in pieces: each up to the first record that is not due, then committed up to its last settled record.
 * After a fault nothing more of the partition is read until its wait is over, and what is not settled comes again.
 */
export const createConsumeBatch = (options: ConsumeBatchOptions): ConsumeBatch => {
  const { hooks } = options;
  const waits = createPartitionWaits(options);

  /** `next` is the offset of the first record that is not settled. */
  const tellLag = ({ batch: { topic, partition, highWatermark } }: EachBatchPayload, next: bigint): void => {
    hooks.onLag({ topic, partition, lag: Math.max(0, Number(BigInt(highWatermark) - next)) });
  };

  const commit = async (payload: EachBatchPayload, last: IncomingRecord): Promise<void> => {
    const { topic, partition } = payload.batch;
    const next = BigInt(last.message.offset) + 1n;
    const partitions = [{ partition, offset: next.toString() }];
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
    payload.resolveOffset(last.message.offset);
    tellLag(payload, next);
  };

  /** How many from the front are settled, and the wait where there is to be one. */
  const consumePiece = async (
    payload: EachBatchPayload,
    records: readonly IncomingRecord[],
    giveUp: AbortSignal,
  ): Promise<{ readonly settled: number; readonly waitMs?: number }> => {
    const { topic, partition } = payload.batch;
    const startedAt = performance.now();
    const run = { streak: waits.streakOf(payload.batch), stop: giveUp };
    const { result, lost } = await withHeartbeat(payload, options.heartbeatMs, () =>
      options.workOff(records, run),
    );
    const { settled, pause } = result;
    const last = records[settled - 1];
    if (last !== undefined && !giveUp.aborted) {
      await commit(payload, last);
      waits.progress(payload.batch);
    }
    hooks.onBatch({ topic, partition, settled, durationMs: performance.now() - startedAt });
    if (lost() !== undefined) throw lost();
    const next = records[settled];
    if (next === undefined || pause === undefined) return { settled };
    if (last === undefined) tellLag(payload, BigInt(next.message.offset));
    return { settled, waitMs: waits.waitOf(payload.batch, pause) };
  };

  const consumePieces = async (payload: EachBatchPayload, { isNear, giveUp }: Ending) => {
    const { topic, partition, messages } = payload.batch;
    for (let from = 0; from < messages.length; ) {
      if (!payload.isRunning() || payload.isStale() || isNear() || giveUp.aborted) return undefined;
      const piece = messages.slice(from, from + options.maxBatch);
      const { due, waitMs: untilDue } = splitByDue(
        piece.map((message) => options.readRecord(topic, partition, message)),
      );
      if (due.length === 0) return untilDue;
      const { settled, waitMs } = await consumePiece(payload, due, giveUp);
      if (waitMs !== undefined || settled === 0) return waitMs;
      if (settled === due.length && untilDue !== undefined) return untilDue;
      from += settled;
      await payload.heartbeat();
    }
    return undefined;
  };

  return async (payload, ending) => {
    try {
      return await consumePieces(payload, ending);
    } catch (error) {
      if (isKafkajsError(error)) throw error;
      return waits.waitOf(payload.batch, { cause: 'fault', error });
    }
  };
};
