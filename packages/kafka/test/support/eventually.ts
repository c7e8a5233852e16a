import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `check` passes, trying again every 25 ms; rejects with its last error after `withinMs`. */
export const eventually = async <T>(check: () => T | Promise<T>, withinMs = 20_000): Promise<T> => {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(25);
    }
  }
};
