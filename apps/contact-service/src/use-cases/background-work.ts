import { setTimeout as delay } from 'node:timers/promises';

/** Work beside the requests. */
export type BackgroundWork = {
  /** Begins; returns at once. */
  readonly start: () => void;
  /** Resolves when the step under way, and what comes after the last one, are done. */
  readonly stop: () => Promise<void>;
};

export type Steps = {
  /** Never rejects. `pause` waits so many milliseconds, or until the work is stopped. */
  readonly step: (pause: (ms: number) => Promise<void>, isStopped: () => boolean) => Promise<void>;
  /** Once, after the last step. Never rejects. */
  readonly end?: () => Promise<void>;
};

/** Does one step after the other until it is stopped. */
export const createBackgroundWork = ({ step, end }: Steps): BackgroundWork => {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const pause = (ms: number) => delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  let running = Promise.resolve();

  const run = async (): Promise<void> => {
    while (!isStopped()) await step(pause, isStopped);
    await end?.();
  };

  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
