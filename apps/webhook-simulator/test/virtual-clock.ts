import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../src/ports.ts';

type Wait = { readonly until: number; readonly wake: () => void };

/** Turns of the event loop in which nothing that is under way may still be left. */
const IDLE_TURNS = 3;

/** A clock whose time passes only while everybody waits, and then at once. */
export const createVirtualClock = (start = Date.UTC(2026, 0, 1)): Clock => {
  const waits = new Set<Wait>();
  let now = start;
  let running = false;
  const run = async () => {
    running = true;
    while (waits.size > 0) {
      for (let index = 0; index < IDLE_TURNS; index += 1) await turn();
      const [next] = [...waits].toSorted((one, other) => one.until - other.until);
      if (!next) break;
      waits.delete(next);
      now = Math.max(now, next.until);
      next.wake();
    }
    running = false;
  };
  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const wait: Wait = { until: now + ms, wake: resolve };
        signal.addEventListener('abort', () => {
          waits.delete(wait);
          reject(signal.reason);
        });
        waits.add(wait);
        if (!running) void run();
      }),
  };
};
