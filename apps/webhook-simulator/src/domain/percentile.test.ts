import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.ts';

describe('percentile', () => {
  it('gives the nearest rank, in any order of values', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
  });

  it('gives the one value of one and null of none', () => {
    expect([percentile([7], 0.99), percentile([], 0.5)]).toEqual([7, null]);
  });
});
