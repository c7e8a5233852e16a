import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixRequestQueue } from './request-queue-fix.ts';

type RequestQueue = {
  throttledUntil: number;
  pending: unknown[];
  checkPendingRequests(): void;
  maybeThrottle(ms: number): void;
  push(request: object): void;
  fulfillRequest(response: object): void;
};
const require = createRequire(import.meta.url);
const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => RequestQueue;

beforeEach(() => {
  vi.useFakeTimers();
  fixRequestQueue();
  fixRequestQueue();
});
afterEach(() => {
  vi.useRealTimers();
});

const createQueue = (maxInFlightRequests = 10) =>
  new RequestQueue({
    maxInFlightRequests,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'test',
    broker: 'broker',
    logger: { debug: () => undefined, warn: () => undefined },
  });

const request = (correlationId: number, sendRequest: () => void) => ({
  entry: { correlationId, resolve: () => undefined, reject: () => undefined },
  expectResponse: true,
  sendRequest,
});

test('an idle queue arms no timer', () => {
  const queue = createQueue();
  queue.checkPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
});

test('a queue that was used is idle again without a timer', () => {
  const queue = createQueue();
  const sent = vi.fn();
  queue.push(request(1, sent));
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
  expect(sent).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('a request that had to wait is sent when there is room', () => {
  const queue = createQueue(1);
  const sent = vi.fn();
  queue.push(request(1, () => undefined));
  queue.push(request(2, sent));
  expect(sent).not.toHaveBeenCalled();
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
  expect(sent).toHaveBeenCalledOnce();
});

test('a request that a broker throttles is sent when the throttling ends, and then the timers are over', () => {
  const queue = createQueue();
  const sent = vi.fn();
  queue.maybeThrottle(500);
  queue.push(request(1, sent));
  vi.advanceTimersByTime(499);
  expect(sent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(sent).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});
