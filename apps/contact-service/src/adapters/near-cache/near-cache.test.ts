import { describe, expect, it } from 'vitest';
import { createNearCache } from './near-cache.ts';

type Value = { readonly version: number };

const setUp = () => {
  const state = { now: 0, trusted: true, version: 1, loads: 0, hits: 0, misses: 0, bypasses: 0 };
  const count = (event: 'hits' | 'misses' | 'bypasses') => {
    state[event] += 1;
  };
  let hold: Promise<void> = Promise.resolve();
  const cache = createNearCache<Value>({
    load: async () => {
      state.loads += 1;
      const { version } = state;
      await hold;
      return { version };
    },
    maxBytes: 20,
    bytesOf: (id) => 10 * id.length,
    maxAgeMs: 5_000,
    isTrusted: () => state.trusted,
    events: {
      hit: () => count('hits'),
      miss: () => count('misses'),
      bypass: () => count('bypasses'),
    },
    clock: () => state.now,
  });
  /** Holds every load that begins from now on until it is let go. */
  const holdLoads = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    hold = promise;
    return () => {
      hold = Promise.resolve();
      resolve();
    };
  };
  return { state, cache, holdLoads };
};

describe('the near cache', () => {
  it('asks once and answers again from memory until the entry is 5 s old', async () => {
    const { state, cache } = setUp();
    await cache.get('a');
    state.now = 5_000;
    await cache.get('a');
    expect(state).toMatchObject({ loads: 1, hits: 1 });
    state.now = 5_001;
    await cache.get('a');
    expect(state).toMatchObject({ loads: 2, misses: 2 });
  });

  it('does not serve what was invalidated', async () => {
    const { state, cache } = setUp();
    await cache.get('a');
    state.version = 2;
    cache.invalidate(['a']);
    expect(await cache.get('a')).toEqual({ version: 2 });
  });

  it('does not keep an answer that was read before an invalidation and arrives after it', async () => {
    const { state, cache, holdLoads } = setUp();
    const letGo = holdLoads();
    const stale = cache.get('a');
    state.version = 2;
    cache.invalidate(['a']);
    letGo();
    expect(await stale).toEqual({ version: 1 });
    expect(await cache.get('a')).toEqual({ version: 2 });
  });

  it('does not keep a stale answer on the mark of a later read', async () => {
    const { state, cache, holdLoads } = setUp();
    const letStaleGo = holdLoads();
    const stale = cache.get('a');
    state.version = 2;
    cache.invalidate(['a']);
    const letFreshGo = holdLoads();
    const fresh = cache.get('a');
    letStaleGo();
    await stale;
    letFreshGo();
    expect(await fresh).toEqual({ version: 2 });
    expect(await cache.get('a')).toEqual({ version: 2 });
  });

  it('forgets everything at a flush, also what is on its way', async () => {
    const { state, cache, holdLoads } = setUp();
    await cache.get('a');
    const letGo = holdLoads();
    const onItsWay = cache.get('b');
    cache.flush();
    letGo();
    await onItsWay;
    await cache.get('a');
    await cache.get('b');
    expect(state.loads).toBe(4);
  });

  it('is passed by while invalidations may not arrive, and by a caller who asks for it', async () => {
    const { state, cache } = setUp();
    await cache.get('a');
    await cache.get('a', { fresh: true });
    state.trusted = false;
    await cache.get('a');
    expect(state).toMatchObject({ loads: 3, bypasses: 2 });
  });

  it('does not keep an answer that arrives after trust was lost', async () => {
    const { state, cache, holdLoads } = setUp();
    const letGo = holdLoads();
    const answer = cache.get('a');
    state.trusted = false;
    letGo();
    await answer;
    state.trusted = true;
    await cache.get('a');
    expect(state.loads).toBe(2);
  });

  it('holds no more than its bytes, and lets go of what was filled longest ago', async () => {
    const { state, cache } = setUp();
    for (const id of ['a', 'b', 'c']) await cache.get(id);
    expect(cache.bytes()).toBe(20);
    await cache.get('c');
    await cache.get('b');
    expect(state).toMatchObject({ loads: 3, hits: 2 });
    await cache.get('a');
    expect(state.loads).toBe(4);
    cache.flush();
    expect(cache.bytes()).toBe(0);
  });

  it('serves what is larger than all it may hold, and does not keep it', async () => {
    const { state, cache } = setUp();
    expect(await cache.get('large')).toEqual({ version: 1 });
    await cache.get('large');
    expect([state.loads, cache.bytes()]).toEqual([2, 0]);
  });

  it('keeps the failure of a load from nobody and remembers nothing of it', async () => {
    let isAway = true;
    const cache = createNearCache<Value>({
      load: async () => {
        if (isAway) throw new Error('away');
        return { version: 1 };
      },
      maxBytes: 20,
      bytesOf: () => 10,
      maxAgeMs: 5_000,
      isTrusted: () => true,
      events: { hit: () => undefined, miss: () => undefined, bypass: () => undefined },
    });
    await expect(cache.get('a')).rejects.toThrow('away');
    isAway = false;
    expect(await cache.get('a')).toEqual({ version: 1 });
  });
});
