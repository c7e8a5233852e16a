import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBreaker } from './breaker.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a dependency that fails again and again is left alone for waits that double up to their limit', () => {
  const breaker = createBreaker({ firstMs: 100, maxMs: 400 });
  expect(breaker.waitMs()).toBe(0);
  for (const most of [100, 200, 400, 400]) {
    const waitMs = breaker.failed();
    expect(waitMs).toBeLessThanOrEqual(most);
    expect(waitMs).toBeGreaterThanOrEqual(most * 0.75);
    vi.advanceTimersByTime(waitMs);
    expect(breaker.waitMs()).toBe(0);
  }
});

test('calls of several partitions that were under way when it failed are one failure', () => {
  const breaker = createBreaker({ firstMs: 100, maxMs: 10_000 });
  breaker.failed();
  expect(breaker.failed()).toBeLessThanOrEqual(100);
  vi.advanceTimersByTime(100);
  expect(breaker.failed()).toBeLessThanOrEqual(200);
});

test('an answer ends the wait, and the next failure begins with the shortest', () => {
  const breaker = createBreaker({ firstMs: 100, maxMs: 10_000 });
  for (let round = 0; round < 5; round += 1) vi.advanceTimersByTime(breaker.failed());
  breaker.failed();
  breaker.succeeded();
  expect(breaker.waitMs()).toBe(0);
  expect(breaker.failed()).toBeLessThanOrEqual(100);
});
