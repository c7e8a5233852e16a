import { type BackoffOptions, backoffMs } from '../backoff.ts';
import type { Logger } from '../logger.ts';
import type { ConsumerHooks } from './hooks.ts';

/** Why a partition waits: what it needs is down, we failed, or its group is braked. */
export type PauseCause = 'dependency' | 'fault' | 'brake';

export type Pause = {
  readonly cause: PauseCause;
  /** Absent where nothing was tried. */
  readonly error?: unknown;
  /** Absent: by how often in a row the partition has failed. */
  readonly waitMs?: number;
};

type Options = {
  readonly backoff: BackoffOptions;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
};

type Partition = { readonly topic: string; readonly partition: number };

const keyOf = ({ topic, partition }: Partition) => `${topic} ${partition}`;

/** A handler may throw undefined. */
const wasTried = (pause: Pause): boolean => 'error' in pause;

/** What is down is news once; what was not tried is none; a fault of ours always is. */
const levelOf = (pause: Pause, failures: number): 'debug' | 'warn' | 'error' => {
  if (!wasTried(pause)) return 'debug';
  if (pause.cause === 'fault') return 'error';
  return failures === 1 ? 'warn' : 'debug';
};

/** How often in a row a partition has failed, and when last, by the clock of `performance.now()`. */
export type Streak = { readonly failures: number; readonly lastAt: number };

const unbroken: Streak = { failures: 0, lastAt: Number.NEGATIVE_INFINITY };

/** How long partitions that failed have to wait, each by its own count of failures in a row unless it is told. */
export const createPartitionWaits = ({ backoff, hooks, logger }: Options) => {
  const streaks = new Map<string, Streak>();
  const streakOf = (partition: Partition): Streak => streaks.get(keyOf(partition)) ?? unbroken;

  return {
    streakOf,
    progress: (partition: Partition): boolean => streaks.delete(keyOf(partition)),
    /** The wait in milliseconds; a pause in which nothing was tried is no failure. */
    waitOf({ topic, partition }: Partition, pause: Pause): number {
      const before = streakOf({ topic, partition });
      const failures = before.failures + (wasTried(pause) ? 1 : 0);
      const waitMs = pause.waitMs ?? backoffMs(Math.max(1, failures), backoff);
      if (wasTried(pause)) {
        streaks.set(keyOf({ topic, partition }), { failures, lastAt: performance.now() });
        hooks.onPaused({ topic, partition, failures, waitMs, cause: pause.cause });
      }
      const fields = { err: pause.error, topic, partition, failures, waitMs, cause: pause.cause };
      logger[levelOf(pause, failures)](fields, 'a partition waits');
      return waitMs;
    },
  };
};
