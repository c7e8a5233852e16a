import { expect, it } from 'vitest';
import { ceilingOf, linesOf } from './line-chart.tsx';

it.each([
  [0, 1],
  [0.4, 1],
  [1.2, 2],
  [20, 20],
  [21, 50],
  [999, 1_000],
  [5_001, 10_000],
])('a chart of up to %d goes to %d', (most, top) => {
  expect(ceilingOf(most)).toBe(top);
});

it('a line ends at the right edge with the newest value, and is broken where nothing is known', () => {
  expect(linesOf([0, 10, null, 5], { seconds: 4, top: 10 })).toEqual(['0.0,147.0 200.0,3.0', '600.0,75.0']);
  expect(linesOf([10], { seconds: 4, top: 10 })).toEqual(['600.0,3.0']);
});
