import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../launch-error.ts';

export interface Patience {
  withinMs: number;
  everyMs?: number;
  /** Asked before each try; a throw ends the wait at once with that error. */
  stillPossible?: () => void;
}

/** Repeats `probe` until it resolves and gives its value; rejects with the last failure when the time is over. */
export async function eventually<T>(probe: () => Promise<T>, patience: Patience): Promise<T> {
  const deadline = performance.now() + patience.withinMs;
  for (;;) {
    patience.stillPossible?.();
    try {
      const value = await probe();
      patience.stillPossible?.();
      return value;
    } catch (error) {
      patience.stillPossible?.();
      if (performance.now() > deadline) {
        throw new Error(`not within ${patience.withinMs / 1000} s (${reasonOf(error)})`, { cause: error });
      }
    }
    await pause(patience.everyMs ?? 50);
  }
}
