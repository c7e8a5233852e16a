import { setTimeout as pause } from 'node:timers/promises';

/** Asks somebody again and again, from `start` to `close`. */
export type PollLoop = {
  readonly start: () => void;
  /** Resolves once nothing is under way. */
  readonly close: () => Promise<void>;
};

export type PollLoopOptions = {
  /** Asks once; to be given up when the signal is aborted. */
  readonly poll: (signal: AbortSignal) => Promise<void>;
  /** The first failure after a success, and no further one of the row. */
  readonly onOutage: (error: unknown) => void;
  /** The first success after so many failures. */
  readonly onRecovery: (failures: number) => void;
};

/** Least time between two questions, in milliseconds, so that much news travels together. */
const REST_MS = 50;
/** Upper bounds of the wait after a failure, in milliseconds: of the first, and of all. */
const RETRY_MS = { first: 100, longest: 1_000 };

// Half of it at least: copies that lost the same server shall not come back in step, nor at once.
const retryDelay = (failures: number): number =>
  Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2);

/** A loop with one question under way at a time, which waits longer, and never in step, the more of them failed in a row. */
export const createPollLoop = ({ poll, onOutage, onRecovery }: PollLoopOptions): PollLoop => {
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Promise<void> | undefined;
  let failures = 0;

  const tryOnce = async (): Promise<void> => {
    try {
      await poll(signal);
      if (failures > 0) onRecovery(failures);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (failures === 0) onOutage(error);
      failures += 1;
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await tryOnce();
      const waitMs = failures === 0 ? REST_MS : retryDelay(failures);
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    close: async () => {
      stopped.abort();
      await running;
    },
  };
};
