import type { EachBatchPayload } from 'kafkajs';
import type { BackoffOptions } from '../backoff.ts';
import type { Logger } from '../logger.ts';
import { type IncomingRecord, incomingRecord } from './consumed-record.ts';
import type { ConsumerHooks } from './hooks.ts';
import { createPartitionWaits } from './partition-waits.ts';
import type { Progress, Run } from './work-off.ts';

export type ConsumeBatchOptions = {
  readonly workOff: (records: readonly IncomingRecord[], run: Run) => Promise<Progress>;
  readonly maxBatch: number;
  readonly heartbeatMs: number;
  readonly backoff: BackoffOptions;
  readonly stop: AbortSignal;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
};

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

/**
 * The way of one fetched batch, in pieces: each is worked off, then committed up to its last settled record. After a
 * fault nothing more of the partition is read until its wait is over, and the records that are not settled come again.
 * Only kafkajs's own errors leave this function: any other would stop its consumer for good.
 */
export const createConsumeBatch = (options: ConsumeBatchOptions) => {
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

  /** True when the whole piece is settled. */
  const consumePiece = async (payload: EachBatchPayload, records: readonly IncomingRecord[]) => {
    const { topic, partition } = payload.batch;
    const startedAt = performance.now();
    const run = { streak: waits.streakOf(payload.batch), stop: options.stop };
    const { result, lost } = await withHeartbeat(payload, options.heartbeatMs, () =>
      options.workOff(records, run),
    );
    const { settled, fault } = result;
    const last = records[settled - 1];
    if (last !== undefined) {
      await commit(payload, last);
      waits.progress(payload.batch);
    }
    hooks.onBatch({ topic, partition, settled, durationMs: performance.now() - startedAt });
    if (lost() !== undefined) throw lost();
    const next = records[settled];
    if (next === undefined) return true;
    if (last === undefined) tellLag(payload, BigInt(next.message.offset));
    waits.wait(payload, fault);
    return false;
  };

  return async (payload: EachBatchPayload): Promise<void> => {
    const { topic, partition, messages } = payload.batch;
    try {
      for (let from = 0; from < messages.length; from += options.maxBatch) {
        if (!payload.isRunning() || payload.isStale()) return;
        const piece = messages.slice(from, from + options.maxBatch);
        const records = piece.map((message) => incomingRecord(topic, partition, message));
        if (!(await consumePiece(payload, records))) return;
        await payload.heartbeat();
      }
    } catch (error) {
      if (isKafkajsError(error)) throw error;
      waits.wait(payload, { isDependency: false, mayBeARecord: false, error });
    }
  };
};
