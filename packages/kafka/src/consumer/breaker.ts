import { type BackoffOptions, backoffMs } from '../backoff.ts';

/**
 * Keeps all partitions from a dependency that is down: one that has failed is left alone for a wait that grows with each
 * time that it failed again, and then asked by whoever comes first.
 */
export const createBreaker = (backoff: BackoffOptions) => {
  let failures = 0;
  let openUntil = Number.NEGATIVE_INFINITY;
  const waitMs = (): number => Math.max(0, openUntil - performance.now());

  return {
    /** How long it is still left alone, in milliseconds; 0: it may be asked. */
    waitMs,
    /** How long it is left alone now. Calls that were under way when it failed are one failure with it. */
    failed(): number {
      if (waitMs() === 0) {
        failures += 1;
        openUntil = performance.now() + backoffMs(failures, backoff);
      }
      return waitMs();
    },
    succeeded(): void {
      failures = 0;
      openUntil = Number.NEGATIVE_INFINITY;
    },
  };
};

/** What every batch of a group needs: its handler's other side, and whoever keeps the outcomes. */
export type Breakers = Readonly<Record<'handler' | 'recorder', ReturnType<typeof createBreaker>>>;
