import type { EachBatchPayload } from 'kafkajs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPartitionWork } from './partition-work.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const quiet = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

/** Work that ends when the test says so, on a partition of which is noted what is done with it. */
const setUp = () => {
  const log: string[] = [];
  const result = Promise.withResolvers<number | undefined>();
  const signals: AbortSignal[] = [];
  const work = createPartitionWork({
    consumeBatch: (_, { giveUp }) => {
      signals.push(giveUp);
      giveUp.addEventListener('abort', () => result.resolve(undefined));
      return result.promise;
    },
    attachedMs: 250,
    logger: quiet,
  });
  const payload = {
    batch: { topic: 't', partition: 2 },
    pause: () => {
      log.push('pause');
      return () => log.push('resume');
    },
  } as unknown as EachBatchPayload;
  return { work, payload, result, log, signals };
};

test('a batch that is worked off soon is waited for, and its partition is not paused', async () => {
  const { work, payload, result, log } = setUp();
  const done = work.eachBatch(payload);
  result.resolve(undefined);
  await done;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(log).toEqual([]);
});

test('after a fault the partition is read on when its wait is over', async () => {
  const { work, payload, result, log } = setUp();
  const done = work.eachBatch(payload);
  result.resolve(100);
  await done;
  await vi.advanceTimersByTimeAsync(99);
  expect(log).toEqual(['pause']);
  await vi.advanceTimersByTimeAsync(1);
  expect(log).toEqual(['pause', 'resume']);
});

test('one that takes long holds nobody up: it goes on with its partition paused until it has ended', async () => {
  const { work, payload, result, log } = setUp();
  const done = work.eachBatch(payload);
  await vi.advanceTimersByTimeAsync(250);
  await done;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(log).toEqual(['pause']);
  result.resolve(undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['pause', 'resume']);
});

test('one that takes long and has to wait then is read on after both', async () => {
  const { work, payload, result, log } = setUp();
  void work.eachBatch(payload);
  await vi.advanceTimersByTimeAsync(250);
  result.resolve(400);
  await vi.advanceTimersByTimeAsync(399);
  expect(log).toEqual(['pause']);
  await vi.advanceTimersByTimeAsync(1);
  expect(log).toEqual(['pause', 'resume']);
});

test("kafkajs's own errors reach it while it waits, and disturb nobody afterwards", async () => {
  const soon = setUp();
  const failing = expect(soon.work.eachBatch(soon.payload)).rejects.toThrow('rebalancing');
  soon.result.reject(new Error('rebalancing'));
  await failing;
  const late = setUp();
  void late.work.eachBatch(late.payload);
  await vi.advanceTimersByTimeAsync(250);
  late.result.reject(new Error('rebalancing'));
  await vi.advanceTimersByTimeAsync(0);
  expect(late.log).toEqual(['pause', 'resume']);
});

test('work on a partition that has moved is given up, other work is not', async () => {
  const { work, payload, log, signals } = setUp();
  void work.eachBatch(payload);
  await vi.advanceTimersByTimeAsync(250);
  work.keepOnly({ t: [1, 2] });
  expect(signals[0]?.aborted).toBe(false);
  work.keepOnly({ t: [1] });
  expect(signals[0]?.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['pause', 'resume']);
});

test('a stop waits for what is under way up to its grace, and begins nothing more', async () => {
  const { work, payload, signals } = setUp();
  void work.eachBatch(payload);
  const stopped = work.stop(5_000);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await stopped;
  expect(signals[0]?.aborted).toBe(true);
  await work.eachBatch(payload);
  expect(signals).toHaveLength(1);
});
