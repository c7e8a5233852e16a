import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: Date.now,
  wait: (ms, signal) => pause(ms, undefined, { signal }),
};
