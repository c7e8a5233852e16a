import { expect, test } from 'vitest';
import { type BackoffOptions, createBackoff } from './backoff.ts';

const largest = 1 - Number.EPSILON;

const backoffAt = (clock: { now: number }, changes: Partial<BackoffOptions> = {}) =>
  createBackoff({
    baseMs: 50,
    capMs: 2_000,
    stableMs: 2_000,
    random: () => largest,
    now: () => clock.now,
    ...changes,
  });

test('doubles the upper bound of the delay up to its cap', () => {
  const backoff = backoffAt({ now: 0 });
  const delays = Array.from({ length: 8 }, () => backoff.nextDelayMs());
  expect(delays).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000]);
});

test('spreads delays over the whole range below that bound, never quite to 0', () => {
  const draws = [0, 0.25, 0.5, 0.75];
  const backoff = backoffAt({ now: 0 }, { baseMs: 1_000, capMs: 1_000, random: () => draws.shift() ?? 0 });
  expect(Array.from({ length: 4 }, () => backoff.nextDelayMs())).toEqual([10, 250, 500, 750]);
});

test('starts again from the first delay after a connection that lasted', () => {
  const clock = { now: 0 };
  const backoff = backoffAt(clock);
  for (let attempt = 0; attempt < 5; attempt += 1) backoff.nextDelayMs();
  backoff.succeeded();
  clock.now = 2_000;
  expect(backoff.nextDelayMs()).toBe(50);
});

test('goes on growing over connections that break at once', () => {
  const clock = { now: 0 };
  const backoff = backoffAt(clock);
  const delays = Array.from({ length: 4 }, () => {
    backoff.succeeded();
    clock.now += 1_999;
    return backoff.nextDelayMs();
  });
  expect(delays).toEqual([50, 100, 200, 400]);
});
