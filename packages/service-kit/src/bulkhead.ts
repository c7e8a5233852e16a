import { AppError } from '@contact-sync/domain';

/** Lets a bounded number in at a time. */
export type Bulkhead = {
  /**
   * Enters now or when the turn comes; what it gives must be called once to leave again.
   *
   * @throws {AppError} OVERLOADED at once where as many wait as may.
   * @throws the signal's reason where that is aborted before; a turn that is given up is never taken.
   */
  readonly enter: (signal?: AbortSignal) => Promise<() => void>;
  /** Enters, runs the task and leaves. Throws as `enter` and the task do. */
  readonly run: <Result>(task: () => Promise<Result>) => Promise<Result>;
};

export type BulkheadOptions = {
  readonly atOnce: number;
  readonly waiting: number;
  /** What is bounded, for the answer to those who are refused, and for our logs. */
  readonly message: string;
  readonly internal: string;
};

/** A bulkhead for `atOnce` with room for `waiting` more, first come, first served. */
export const createBulkhead = ({ atOnce, waiting, message, internal }: BulkheadOptions): Bulkhead => {
  let inside = 0;
  const queue = new Set<() => void>();

  const leave = (): void => {
    const [next] = queue;
    // Whoever leaves hands its place over, so `inside` stays as it is.
    if (next) next();
    else inside -= 1;
  };

  const wait = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        queue.delete(onTurn);
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      const onTurn = () => end(resolve);
      const onAbort = () => end(() => reject(signal?.reason));
      queue.add(onTurn);
      signal?.addEventListener('abort', onAbort);
    });

  const enter = async (signal?: AbortSignal): Promise<() => void> => {
    signal?.throwIfAborted();
    if (inside < atOnce) {
      inside += 1;
      return leave;
    }
    if (queue.size >= waiting) {
      throw new AppError('OVERLOADED', { message, internal, retryable: true, retryAfterMs: 1_000 });
    }
    await wait(signal);
    return leave;
  };

  return {
    enter,
    run: async (task) => {
      const left = await enter();
      try {
        return await task();
      } finally {
        left();
      }
    },
  };
};
