import { AppError } from '@contact-sync/domain';
import { describe, expect, it, vi } from 'vitest';
import type { Buckets } from './buckets.ts';
import { withFallback } from './buckets-with-fallback.ts';
import { createLocalBuckets } from './local-buckets.ts';

const setUp = (copies: number) => {
  const state = { away: true, asked: 0, now: 0, answer: Promise.resolve() };
  const shared: Buckets = {
    take: async () => {
      state.asked += 1;
      await state.answer;
      if (state.away) throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'away' });
      return { taken: true, left: 5, untilNextMs: 0 };
    },
  };
  const logger = { info: vi.fn(), warn: vi.fn() };
  const clock = () => state.now;
  const buckets = withFallback(shared, createLocalBuckets(clock), { copies, logger, clock });
  return { state, logger, buckets };
};

const takenOf = async (buckets: Buckets, times: number, capacity: number) => {
  let taken = 0;
  for (let time = 0; time < times; time += 1) {
    if ((await buckets.take('a', { capacity, refillMs: 60_000 })).taken) taken += 1;
  }
  return taken;
};

describe('withFallback', () => {
  it('keeps to its share of the limit while the shared buckets are away, neither open nor an error', async () => {
    const { buckets, logger } = setUp(4);
    expect(await takenOf(buckets, 200, 100)).toBe(25);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('has a share below one token by refilling it more slowly', async () => {
    const { buckets, state } = setUp(4);
    expect(await takenOf(buckets, 5, 2)).toBe(1);
    state.now = 119_999;
    expect(await takenOf(buckets, 5, 2)).toBe(0);
    state.now = 120_000;
    expect(await takenOf(buckets, 5, 2)).toBe(1);
  });

  it('takes what a request costs from its share', async () => {
    const { buckets } = setUp(4);
    const take = async () => (await buckets.take('a', { capacity: 100, refillMs: 60_000 }, 10)).taken;
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
  });

  it('does not begin anew when the shared buckets fail in the middle', async () => {
    const { buckets, state } = setUp(4);
    state.away = false;
    expect(await takenOf(buckets, 25, 100)).toBe(25);
    state.away = true;
    expect(await takenOf(buckets, 25, 100)).toBe(0);
  });

  it('leaves failing buckets alone for a second and returns to them after', async () => {
    const { buckets, state } = setUp(1);
    await takenOf(buckets, 50, 100);
    expect(state.asked).toBe(1);
    state.away = false;
    state.now = 999;
    await takenOf(buckets, 10, 100);
    expect(state.asked).toBe(1);
    state.now = 1_000;
    await takenOf(buckets, 1, 100);
    expect(await buckets.take('a', { capacity: 100, refillMs: 60_000 })).toMatchObject({ left: 5 });
  });

  it('has one take a second ask buckets that do not answer, and none wait for them', async () => {
    const { buckets, state } = setUp(1);
    await takenOf(buckets, 1, 100);
    const { promise, resolve } = Promise.withResolvers<void>();
    state.answer = promise;
    for (state.now = 1_000; state.now < 1_500; state.now += 10) await takenOf(buckets, 1, 100);
    expect(state.asked).toBe(2);
    resolve();
    await promise;
    for (; state.now < 2_400; state.now += 10) await takenOf(buckets, 1, 100);
    expect(state.asked).toBe(2);
    await takenOf(buckets, 1, 100);
    state.now = 2_600;
    await takenOf(buckets, 1, 100);
    expect(state.asked).toBe(3);
  });

  it('tells an outage once when it begins, however many fail together, and once when it ends', async () => {
    const { buckets, state, logger } = setUp(1);
    const size = { capacity: 100, refillMs: 60_000 };
    await Promise.all(Array.from({ length: 20 }, () => buckets.take('a', size)));
    for (; state.now < 5_000; state.now += 100) await takenOf(buckets, 1, 100);
    expect([logger.warn.mock.calls.length, logger.info.mock.calls.length]).toEqual([1, 0]);
    state.away = false;
    for (; state.now < 9_000; state.now += 100) await takenOf(buckets, 1, 100);
    expect([logger.warn.mock.calls.length, logger.info.mock.calls.length]).toEqual([1, 1]);
  });
});
