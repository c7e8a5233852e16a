import type { EachBatchPayload } from 'kafkajs';
import { backoffMs } from '../backoff.ts';
import type { Logger } from '../logger.ts';
import { type IncomingRecord, incomingRecord } from './consumed-record.ts';
import type { ConsumerHooks } from './hooks.ts';
import type { BatchFault } from './run-handler.ts';
import type { Progress } from './work-off.ts';

export type ConsumeBatchOptions = {
  readonly workOff: (
    records: readonly IncomingRecord[],
    run: { readonly failures: number; readonly stop: AbortSignal },
  ) => Promise<Progress>;
  readonly maxBatch: number;
  readonly heartbeatMs: number;
  readonly backoff: { readonly firstMs: number; readonly maxMs: number };
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
  const failures = new Map<string, number>();
  const { hooks, logger } = options;

  const commit = async (payload: EachBatchPayload, last: IncomingRecord): Promise<void> => {
    const { topic, partition } = payload.batch;
    const offset = (BigInt(last.message.offset) + 1n).toString();
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    payload.resolveOffset(last.message.offset);
    const lag = Number(BigInt(payload.batch.highWatermark) - BigInt(offset));
    hooks.onLag({ topic, partition, lag: Math.max(0, lag) });
  };

  const wait = (payload: EachBatchPayload, fault: BatchFault | undefined): void => {
    const { topic, partition } = payload.batch;
    const key = `${topic} ${partition}`;
    const count = (failures.get(key) ?? 0) + 1;
    failures.set(key, count);
    const waitMs = backoffMs(count, options.backoff);
    const resume = payload.pause();
    setTimeout(resume, waitMs).unref();
    const isDependency = fault?.isDependency ?? false;
    hooks.onPaused({ topic, partition, failures: count, waitMs, isDependency });
    const level =
      fault === undefined || (isDependency && count > 1) ? 'debug' : isDependency ? 'warn' : 'error';
    logger[level]({ err: fault?.error, topic, partition, failures: count, waitMs }, 'a partition waits');
  };

  /** True when the whole piece is settled. */
  const consumePiece = async (payload: EachBatchPayload, records: readonly IncomingRecord[]) => {
    const { topic, partition } = payload.batch;
    const key = `${topic} ${partition}`;
    const startedAt = performance.now();
    const run = { failures: failures.get(key) ?? 0, stop: options.stop };
    const { result, lost } = await withHeartbeat(payload, options.heartbeatMs, () =>
      options.workOff(records, run),
    );
    const { settled, fault } = result;
    const last = records[settled - 1];
    if (last !== undefined) {
      await commit(payload, last);
      failures.delete(key);
    }
    hooks.onBatch({ topic, partition, settled, durationMs: performance.now() - startedAt });
    if (lost() !== undefined) throw lost();
    if (settled === records.length) return true;
    wait(payload, fault);
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
      wait(payload, { isDependency: false, error });
    }
  };
};
