import { describe, expect, it, vi } from 'vitest';
import { createKeyRing } from './key-ring.ts';
import { createTestIssuer } from './testing.ts';

const setUp = (clock?: () => number) => {
  const state = {
    now: 0,
    loads: 0,
    away: false,
    issuers: [createTestIssuer({ keyId: 'first' })],
  };
  const ring = createKeyRing(
    {
      load: async () => {
        state.loads += 1;
        if (state.away) throw new Error('away');
        const sets = await Promise.all(state.issuers.map((issuer) => issuer.source.load()));
        return { keys: sets.flatMap((set) => (set as { keys: unknown[] }).keys) };
      },
      close: async () => undefined,
    },
    clock ?? (() => state.now),
  );
  return { state, ring };
};

describe('createKeyRing', () => {
  it('loads once however many ask at once', async () => {
    const { state, ring } = setUp();
    await Promise.all(Array.from({ length: 50 }, () => ring.keyOf('first')));
    expect(state.loads).toBe(1);
  });

  it('loads at most once in 30 s for a flood of unknown key ids', async () => {
    const { state, ring } = setUp();
    await ring.keyOf('first');
    for (state.now = 0; state.now < 90_000; state.now += 100) {
      expect(await ring.keyOf(`unknown-${state.now}`)).toBeUndefined();
    }
    expect(state.loads).toBe(3);
  });

  it('finds a key that was added after the last load', async () => {
    const { state, ring } = setUp();
    await ring.keyOf('first');
    state.issuers.push(createTestIssuer({ keyId: 'second' }));
    state.now = 30_000;
    expect(await ring.keyOf('second')).toContain('PUBLIC KEY');
    expect(ring.trusts('second')).toBe(true);
  });

  it('drops a withdrawn key within five minutes by the clock, whoever asks meanwhile', async () => {
    vi.useFakeTimers();
    try {
      const { state, ring } = setUp(Date.now);
      await ring.ready();
      state.issuers = [createTestIssuer({ keyId: 'second' })];
      await vi.advanceTimersByTimeAsync(300_000);
      expect([ring.trusts('first'), ring.trusts('second')]).toEqual([false, true]);
      expect(state.loads).toBe(2);
      await ring.close();
      await vi.advanceTimersByTimeAsync(900_000);
      expect(state.loads).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('drops a withdrawn key with the first that asks when the process has slept meanwhile', async () => {
    const { state, ring } = setUp();
    await ring.keyOf('first');
    state.issuers = [createTestIssuer({ keyId: 'second' })];
    state.now = 300_000;
    expect(ring.trusts('first')).toBe(false);
    expect(await ring.keyOf('first')).toBeUndefined();
    expect(ring.trusts('second')).toBe(true);
  });

  it('has nobody wait for a source that is away, and tries it every 30 s', async () => {
    vi.useFakeTimers();
    try {
      const { state, ring } = setUp(Date.now);
      await ring.ready();
      state.away = true;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(ring.trusts('first')).toBe(true);
      expect(state.loads).toBe(1 + 1 + 12);
      state.away = false;
      state.issuers = [createTestIssuer({ keyId: 'second' })];
      await vi.advanceTimersByTimeAsync(30_000);
      expect(ring.trusts('first')).toBe(false);
      await ring.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps known keys while the source is away and says so for unknown ones', async () => {
    const { state, ring } = setUp();
    await ring.keyOf('first');
    state.away = true;
    state.now = 400_000;
    expect(await ring.keyOf('first')).toContain('PUBLIC KEY');
    await expect(ring.keyOf('second')).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      retryable: true,
    });
    expect(await ring.keyOf('first')).toContain('PUBLIC KEY');
  });

  it('is not ready before the first load and tries once a second until then', async () => {
    const { state, ring } = setUp();
    state.away = true;
    await expect(ring.ready()).rejects.toThrow();
    await expect(ring.ready()).rejects.toThrow();
    expect(state.loads).toBe(1);
    state.away = false;
    state.now = 1_000;
    await ring.ready();
    state.away = true;
    await ring.ready();
    expect(state.loads).toBe(2);
  });

  it.each([
    ['no set', 'nothing'],
    ['no keys', { keys: [] }],
    ['keys of other kinds', { keys: [{ kty: 'RSA', kid: 'a' }, { kty: 'oct', kid: 'a', k: 'AA' }, null, 7] }],
    ['a point that is not on the curve', { keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x: 'AA', y: 'AA' }] }],
  ])('takes %s for a failed load', async (_, set) => {
    const ring = createKeyRing({ load: async () => set, close: async () => undefined });
    await expect(ring.keyOf('a')).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
