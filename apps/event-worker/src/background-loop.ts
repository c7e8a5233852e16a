import { setTimeout as delay } from 'node:timers/promises';

export type BackgroundLoop = {
  start(): void;
  /** Resolves when the step that is under way has ended. */
  stop(): Promise<void>;
};

export type LoopOptions = {
  /** Does a piece of work, and says whether the next may follow at once. */
  readonly step: (signal: AbortSignal) => Promise<boolean>;
  /** How long to rest after a step with nothing to do, or one that failed, in milliseconds. */
  readonly restMs: number;
  readonly onFailed: (error: unknown) => void;
};

/** Takes one step after the other until it is stopped; one that fails is told of and followed by the next. */
export const createBackgroundLoop = ({ step, restMs, onFailed }: LoopOptions): BackgroundLoop => {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const goesOn = await step(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) onFailed(error);
        return false;
      });
      if (!goesOn) await delay(restMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
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
