import type { AppError } from '@contact-sync/domain';
import { toRedisFault } from './fault.ts';

/** The work that is under way. */
export type InFlight = {
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when nothing is under way, or after `timeoutMs`. */
  drained(timeoutMs: number): Promise<void>;
};

/** Hears of each call that ended: after how many milliseconds, and of what it failed with. */
export type CallObserver = (durationMs: number, fault?: AppError) => void;

export const createInFlight = (observe: CallObserver = () => undefined): InFlight => {
  const pending = new Set<Promise<unknown>>();
  return {
    track(work) {
      pending.add(work);
      const startedAt = performance.now();
      work.then(
        () => {
          pending.delete(work);
          observe(performance.now() - startedAt);
        },
        (error: unknown) => {
          pending.delete(work);
          observe(performance.now() - startedAt, toRedisFault(error));
        },
      );
      return work;
    },
    async drained(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([Promise.allSettled(pending), timeout]);
      clearTimeout(timer);
    },
  };
};
