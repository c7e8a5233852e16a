import { describe, expect, it, vi } from 'vitest';
import { createMemoryTokens } from '../../../test/support/memory-shared-tokens.ts';
import { sharedTokensContract } from '../../../test/support/shared-tokens.contract.ts';
import type { SharedTokens, TokenRate } from './shared-tokens.ts';
import { createSourceLimit } from './source-limit.ts';

sharedTokensContract(createMemoryTokens);

const away = async () => {
  throw new Error('away');
};

const setUp = (rate: TokenRate, copies = 1) => {
  const state: { draw: SharedTokens['draw'] | undefined; asked: number } = { draw: undefined, asked: 0 };
  const view = createMemoryTokens(rate);
  const onOutOfReach = vi.fn();
  const limits = Array.from({ length: copies }, () => {
    const own = view();
    const draw: SharedTokens['draw'] = (request) => {
      state.asked += 1;
      return (state.draw ?? own.draw)(request);
    };
    return createSourceLimit({ tokens: { draw }, rate, copies, onOutOfReach });
  });
  return { state, limits, onOutOfReach, limit: limits[0] as (typeof limits)[number] };
};

const countAllowed = async (times: number, take: () => Promise<{ allowed: boolean }>) => {
  const taken = await Promise.all(Array.from({ length: times }, take));
  return taken.filter(({ allowed }) => allowed).length;
};

describe('createSourceLimit', () => {
  it('lets a burst through and refuses what is beyond, with when to come again', async () => {
    const { limit } = setUp({ perSecond: 0.01, burst: 250 });
    expect(await countAllowed(400, limit.take)).toBe(250);
    expect(await limit.take()).toEqual({ allowed: false, retryAfterMs: expect.any(Number) });
  });

  it('asks the shared tokens once for many requests', async () => {
    const { limit, state } = setUp({ perSecond: 10_000, burst: 10_000 });
    expect(await countAllowed(1_000, limit.take)).toBe(1_000);
    expect(state.asked).toBe(10);
  });

  it('keeps the limit over copies, to a chunk for each', async () => {
    vi.useFakeTimers();
    const { limits } = setUp({ perSecond: 1_000, burst: 1_000 }, 3);
    const allowed = await Promise.all(limits.map((copy) => countAllowed(900, copy.take)));
    vi.useRealTimers();
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  it('keeps to its share while the shared tokens are away: neither open nor closed, and told once', async () => {
    vi.useFakeTimers();
    const { limit, state, onOutOfReach } = setUp({ perSecond: 300, burst: 3_000 }, 3);
    state.draw = away;
    let allowed = 0;
    for (let ms = 0; ms < 10_000; ms += 10) {
      for (let time = 0; time < 5; time += 1) {
        void limit.take().then((taken) => {
          if (taken.allowed) allowed += 1;
        });
      }
      await vi.advanceTimersByTimeAsync(10);
    }
    vi.useRealTimers();
    expect(allowed).toBeLessThanOrEqual(1_000);
    expect(allowed).toBeGreaterThan(980);
    expect(onOutOfReach).toHaveBeenCalledTimes(1);
  });

  it('refuses none of a source that stays below the share when the shared tokens go away', async () => {
    vi.useFakeTimers();
    const { limit, state } = setUp({ perSecond: 3_000, burst: 6_000 }, 3);
    const refused: unknown[] = [];
    for (let ms = 0; ms < 2_000; ms += 1) {
      if (ms === 500) state.draw = away;
      for (let time = 0; time < (ms % 20 === 0 ? 15 : 0); time += 1) {
        void limit.take().then((taken) => {
          if (!taken.allowed) refused.push(taken);
        });
      }
      await vi.advanceTimersByTimeAsync(1);
    }
    vi.useRealTimers();
    expect(refused).toEqual([]);
  });

  it('refuses none of such a source when answers begin to come late', async () => {
    vi.useFakeTimers();
    const { limit, state } = setUp({ perSecond: 3_000, burst: 6_000 }, 3);
    state.draw = () => new Promise((resolve) => setTimeout(resolve, 900, { granted: false, untilNextMs: 0 }));
    const taken = countAllowed(60, limit.take);
    await vi.advanceTimersByTimeAsync(400);
    expect(await taken).toBe(60);
    vi.useRealTimers();
  });

  it('uses tokens that are granted late', async () => {
    vi.useFakeTimers();
    const { limit, state } = setUp({ perSecond: 1_000, burst: 1_000 }, 1_000);
    state.draw = () => new Promise((resolve) => setTimeout(resolve, 500, { granted: true, untilNextMs: 0 }));
    const early = limit.take();
    await vi.advanceTimersByTimeAsync(499);
    expect(await early).toMatchObject({ allowed: false });
    state.draw = away;
    await vi.advanceTimersByTimeAsync(2);
    expect(await countAllowed(10, limit.take)).toBe(10);
    vi.useRealTimers();
  });
});
