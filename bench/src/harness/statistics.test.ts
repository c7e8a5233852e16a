import { expect, test } from 'vitest';
import { median, quantile, spread } from './statistics.ts';

test('the median is the middle value, and of an even number the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

test('a quantile is the value at its nearest rank and never lies outside of the values', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(hundred, 0.5)).toBe(50);
  expect(quantile(hundred, 0.99)).toBe(99);
  expect(quantile(hundred, 1)).toBe(100);
  expect(quantile(hundred, 0)).toBe(1);
  expect(quantile([3], 0.99)).toBe(3);
});

test('the spread is the range as a share of the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3);
  expect(spread([5, 5, 5])).toBe(0);
  expect(spread([0, 0])).toBe(0);
});

test('values stay in the order in which they were given', () => {
  const values = [3, 1, 2];
  median(values);
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});

test('nothing has no statistic', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});
