import { AppError } from '@contact-sync/domain';
import { describe, expect, it, vi } from 'vitest';
import type { Buckets } from './buckets.ts';
import { withFallback } from './buckets-with-fallback.ts';
import { createLocalBuckets } from './local-buckets.ts';

const setUp = (copies: number) => {
  const state = { away: true, asked: 0, now: 0 };
  const shared: Buckets = {
    take: async () => {
      state.asked += 1;
      if (state.away) throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'away' });
      return { taken: true, left: 5, untilNextMs: 0 };
    },
  };
  const logger = { warn: vi.fn() };
  const local = createLocalBuckets(() => state.now);
  return { state, logger, buckets: withFallback(shared, local, { copies, logger }) };
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
    await expect.poll(() => buckets.take('a', { capacity: 9, refillMs: 60_000 })).toMatchObject({ left: 5 });
  });
});
