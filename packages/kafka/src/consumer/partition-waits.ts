import type { EachBatchPayload } from 'kafkajs';
import { type BackoffOptions, backoffMs } from '../backoff.ts';
import type { Logger } from '../logger.ts';
import type { ConsumerHooks } from './hooks.ts';
import type { BatchFault } from './run-handler.ts';

type Options = {
  readonly backoff: BackoffOptions;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
};

type Partition = { readonly topic: string; readonly partition: number };

const keyOf = ({ topic, partition }: Partition) => `${topic} ${partition}`;

/** A dependency that is down is news once; a record that asks for a retry is none; a fault of ours always is. */
const levelOf = (fault: BatchFault | undefined, failures: number): 'debug' | 'warn' | 'error' => {
  if (fault === undefined) return 'debug';
  if (!fault.isDependency) return 'error';
  return failures === 1 ? 'warn' : 'debug';
};

/** How often in a row a partition has failed, and when last, by the clock of `performance.now()`. */
export type Streak = { readonly failures: number; readonly lastAt: number };

const unbroken: Streak = { failures: 0, lastAt: Number.NEGATIVE_INFINITY };

/** Lets partitions that failed wait, each by its own count of failures in a row. */
export const createPartitionWaits = ({ backoff, hooks, logger }: Options) => {
  const streaks = new Map<string, Streak>();

  return {
    streakOf: (partition: Partition): Streak => streaks.get(keyOf(partition)) ?? unbroken,
    progress: (partition: Partition): boolean => streaks.delete(keyOf(partition)),
    /** Pauses the payload's partition until its wait is over; without a fault it is one record that asked for it. */
    wait(payload: EachBatchPayload, fault: BatchFault | undefined): void {
      const { topic, partition } = payload.batch;
      const count = this.streakOf(payload.batch).failures + 1;
      streaks.set(keyOf(payload.batch), { failures: count, lastAt: performance.now() });
      const waitMs = backoffMs(count, backoff);
      setTimeout(payload.pause(), waitMs).unref();
      const isDependency = fault?.isDependency ?? false;
      hooks.onPaused({ topic, partition, failures: count, waitMs, isDependency });
      const fields = { err: fault?.error, topic, partition, failures: count, waitMs };
      logger[levelOf(fault, count)](fields, 'a partition waits');
    },
  };
};
