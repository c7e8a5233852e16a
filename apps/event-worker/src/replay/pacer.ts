import { setTimeout as delay } from 'node:timers/promises';

/** Waits for the turn of `count` at a rate. Time that was lost is not made up for, so no burst follows a pause. */
export const createPacer = (
  /** Monotonic, in milliseconds. */
  now: () => number,
): ((count: number, perSecond: number, signal: AbortSignal) => Promise<void>) => {
  let due = now();
  return async (count, perSecond, signal) => {
    due = Math.max(due + (count * 1_000) / perSecond, now());
    const waitMs = due - now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined);
  };
};
