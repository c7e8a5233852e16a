import { expect, test } from 'vitest';
import { both, ratioAtLeast, ratioAtMost, valueAtMost } from './goal.ts';
import { row } from './row.ts';

const base = { name: 'rate', unit: '1/s' };

test('the ratio is the median of the ratios of each round, so a slow round counts on both sides', () => {
  const made = row({ ...base, values: [80, 40, 90], ceilings: [100, 50, 100] });
  expect(made).toMatchObject({ value: 80, ceiling: 100, ratio: 0.8 });
});

test('a row without a ceiling has no ratio, and without a goal says nothing of one', () => {
  expect(row({ ...base, values: [3] })).toEqual({
    name: 'rate',
    value: 3,
    unit: '1/s',
    spread: null,
    ceiling: null,
    ratio: null,
    goal: null,
    met: null,
  });
});

test('a goal is judged on the exact figures, not on the rounded ones', () => {
  const made = row({ ...base, values: [0.79999], ceilings: [1], goal: ratioAtLeast(0.8) });
  expect(made).toMatchObject({ ratio: 0.8, met: false, goal: 'ratio ≥ 0.8' });
});

test('two goals are met only together', () => {
  const goal = both(ratioAtMost(1.2), valueAtMost(200));
  expect(row({ ...base, values: [190], ceilings: [180], goal }).met).toBe(true);
  expect(row({ ...base, values: [210], ceilings: [200], goal }).met).toBe(false);
  expect(row({ ...base, values: [190], ceilings: [100], goal }).met).toBe(false);
});

test('a goal for a ratio is missed where the ceiling gave nothing', () => {
  expect(row({ ...base, values: [1], ceilings: [0], goal: ratioAtMost(4) })).toMatchObject({
    ratio: null,
    met: false,
  });
});

test('rounds that cannot be paired are refused', () => {
  expect(() => row({ ...base, values: [1, 2], ceilings: [1] })).toThrow(RangeError);
});
