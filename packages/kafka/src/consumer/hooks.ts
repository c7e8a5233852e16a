import type { Logger } from '../logger.ts';
import type { Braked } from './brake-store.ts';
import type { RecordOutcome } from './outcome-recorder.ts';
import type { PauseCause } from './partition-waits.ts';

export type PartitionLag = {
  readonly topic: string;
  readonly partition: number;
  /** Records of the partition that are not settled yet. */
  readonly lag: number;
};

/** What a consumer tells of itself, for metrics and for logs of its owner. What a hook throws is logged and no more. */
export type ConsumerHooks = {
  /** The partitions that this member has in a group from now on; after each rebalance, and none when it lost the group. */
  readonly onAssigned: (member: {
    groupId: string;
    assignment: Readonly<Record<string, readonly number[]>>;
  }) => void;
  readonly onRebalancing: () => void;
  /** A batch was worked off, wholly or up to a fault. */
  readonly onBatch: (batch: {
    topic: string;
    partition: number;
    settled: number;
    durationMs: number;
  }) => void;
  /** After each batch, and when a partition is found to wait. */
  readonly onLag: (lag: PartitionLag) => void;
  /** Records whose outcomes are durable, before their offsets are committed. */
  readonly onSettled: (outcomes: readonly RecordOutcome<unknown>[]) => void;
  /** A partition waits after it was tried in vain. */
  readonly onPaused: (pause: {
    topic: string;
    partition: number;
    failures: number;
    waitMs: number;
    cause: PauseCause;
  }) => void;
  /** The group is paused because too much of it fails alike; undefined: it goes on. */
  readonly onBrake: (braked: Braked | undefined) => void;
};

/** The hooks, such that one that throws disturbs nothing. */
export const guardHooks = (hooks: Partial<ConsumerHooks>, logger: Logger): ConsumerHooks => {
  const guard = <Name extends keyof ConsumerHooks>(name: Name) =>
    ((told: never) => {
      try {
        (hooks[name] as ((told: never) => void) | undefined)?.(told);
      } catch (error) {
        logger.error({ err: error, hook: name }, 'a hook of the consumer failed');
      }
    }) as ConsumerHooks[Name];
  return {
    onAssigned: guard('onAssigned'),
    onRebalancing: guard('onRebalancing'),
    onBatch: guard('onBatch'),
    onLag: guard('onLag'),
    onSettled: guard('onSettled'),
    onPaused: guard('onPaused'),
    onBrake: guard('onBrake'),
  };
};
