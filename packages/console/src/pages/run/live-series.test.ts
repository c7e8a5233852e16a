import { describe, expect, it } from 'vitest';
import { percentilesOf, ratesOf } from './live-series.ts';

describe('the rate of a counter', () => {
  it('is what it rose by in each second, whenever it was read', () => {
    const readings = [
      { at: 0, count: 100 },
      { at: 500, count: 110 },
      { at: 2_000, count: 140 },
      { at: 3_000, count: 140 },
    ];
    expect(ratesOf(readings)).toEqual([20, 20, 0]);
  });

  it('is nothing before a second has gone by, and never falls below it', () => {
    expect(ratesOf([])).toEqual([]);
    expect(ratesOf([{ at: 0, count: 1 }])).toEqual([]);
    expect(
      ratesOf([
        { at: 0, count: 100 },
        { at: 1_000, count: 3 },
      ]),
    ).toEqual([0]);
  });
});

describe('the percentiles of answers', () => {
  it('are those of each second, with a gap where nothing was answered', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      at: 1_000 + index,
      latencyMs: 100 - index,
    }));
    expect(percentilesOf([...hundred, { at: 3_100, latencyMs: 7 }])).toEqual({
      p50: [50, null, 7],
      p95: [95, null, 7],
      p99: [99, null, 7],
    });
    expect(percentilesOf([])).toEqual({ p50: [], p95: [], p99: [] });
  });
});
