import { AppError } from '@contact-sync/domain';

/** Runs tasks, a bounded number at a time. */
export type Bulkhead = {
  /**
   * Runs the task now or when its turn comes.
   *
   * @throws {AppError} OVERLOADED at once where as many wait as may.
   */
  readonly run: <Result>(task: () => Promise<Result>) => Promise<Result>;
};

/** A bulkhead for `atOnce` tasks with room for `waiting` more, first come, first served. */
export const createBulkhead = (options: { readonly atOnce: number; readonly waiting: number }): Bulkhead => {
  let running = 0;
  const queue: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (running < options.atOnce) {
      running += 1;
      return;
    }
    if (queue.length >= options.waiting) {
      throw new AppError('OVERLOADED', {
        message: 'Too many logins at once.',
        internal: 'the queue of password checks is full',
        retryable: true,
        retryAfterMs: 1_000,
      });
    }
    // Whoever leaves hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    run: async (task) => {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
};
