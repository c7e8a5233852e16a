import { setTimeout as until } from 'node:timers/promises';

export type Pace = { readonly perSecond: number; readonly seconds: number };

/**
 * Calls `act` at a steady rate and never waits for what it began (an open loop): a receiver that slows down is not
 * spared. Resolves with how late each call was, in milliseconds: the timer's and the caller's own fault.
 */
export const pace = async ({ perSecond, seconds }: Pace, act: (index: number) => void): Promise<number[]> => {
  const startedAt = performance.now();
  const lateMs: number[] = [];
  const total = Math.round(perSecond * seconds);
  while (lateMs.length < total) {
    const late = performance.now() - startedAt - (lateMs.length * 1_000) / perSecond;
    if (late < 0) {
      await until(-late);
      continue;
    }
    act(lateMs.length);
    lateMs.push(late);
  }
  return lateMs;
};
