import type { EachBatchPayload } from 'kafkajs';
import type { Logger } from '../logger.ts';
import type { ConsumeBatch } from './consume-batch.ts';

export type PartitionWorkOptions = {
  readonly consumeBatch: ConsumeBatch;
  /** How long a batch may hold the other partitions up, in milliseconds. */
  readonly attachedMs: number;
  readonly logger: Logger;
};

type Work = {
  readonly topic: string;
  readonly partition: number;
  readonly giveUp: AbortController;
  readonly ended: Promise<unknown>;
};

type Assignment = Readonly<Record<string, readonly number[]>>;

/** True when the promise settles in time. */
const settlesWithin = async (promise: Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Lets no partition wait for another: kafkajs fetches again only when all batches of a fetch are done, so one that takes
 * long is let go of. Its partition is paused meanwhile, the work goes on, and it is read on when that has ended. Work whose
 * partition has moved to another member is given up; what it did not commit comes there.
 */
export const createPartitionWork = ({ consumeBatch, attachedMs, logger }: PartitionWorkOptions) => {
  const works = new Set<Work>();
  let isStopping = false;

  const start = (payload: EachBatchPayload) => {
    const { topic, partition } = payload.batch;
    const giveUp = new AbortController();
    const result = consumeBatch(payload, { isNear: () => isStopping, giveUp: giveUp.signal });
    const work: Work = { topic, partition, giveUp, ended: result.catch(() => undefined) };
    works.add(work);
    void work.ended.then(() => works.delete(work));
    return result;
  };

  const goOnDetached = async (payload: EachBatchPayload, result: Promise<number | undefined>) => {
    const resume = payload.pause();
    try {
      const waitMs = await result;
      if (waitMs === undefined) resume();
      else setTimeout(resume, waitMs).unref();
    } catch (error) {
      // The group moved on without it, and kafkajs finds that out by itself.
      const { topic, partition } = payload.batch;
      logger.debug({ err: error, topic, partition }, 'a batch was worked off in vain');
      resume();
    }
  };

  return {
    /** The way of one fetched batch, as kafkajs asks for it. */
    async eachBatch(payload: EachBatchPayload): Promise<void> {
      if (isStopping) {
        payload.pause();
        return;
      }
      const result = start(payload);
      if (!(await settlesWithin(result, attachedMs))) {
        void goOnDetached(payload, result);
        return;
      }
      const waitMs = await result;
      if (waitMs !== undefined) setTimeout(payload.pause(), waitMs).unref();
    },
    /** Gives up the work on partitions that are not among these. */
    keepOnly(assignment: Assignment): void {
      for (const { topic, partition, giveUp } of works) {
        if (!assignment[topic]?.includes(partition)) giveUp.abort(new Error('the partition has moved'));
      }
    },
    /** Begins nothing more; resolves when what is under way has ended, or was given up after the grace. */
    async stop(graceMs: number): Promise<void> {
      isStopping = true;
      const timer = setTimeout(() => {
        for (const { giveUp } of works) giveUp.abort(new Error('stopped'));
      }, graceMs);
      await Promise.allSettled([...works].map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
};
