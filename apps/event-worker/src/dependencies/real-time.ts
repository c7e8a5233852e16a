import { setTimeout as delay } from 'node:timers/promises';

/** The clock that waits are measured by, in milliseconds, and a wait that an abort ends early. */
export const realTime = {
  now: (): number => performance.now(),
  pause: (ms: number, signal: AbortSignal): Promise<void> =>
    delay(ms, undefined, { signal }).catch(() => undefined),
};
