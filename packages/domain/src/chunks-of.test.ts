import { expect, it } from 'vitest';
import { chunksOf } from './chunks-of.ts';

it.each([
  [[], []],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3, 4, 5],
    [[1, 2], [3, 4], [5]],
  ],
])('cuts %j into pairs, and a rest', (items, pieces) => {
  expect([...chunksOf(items, 2)]).toEqual(pieces);
});

it.each([0, -1, Number.NaN])('refuses pieces of %s, which would never end', (size) => {
  expect(() => chunksOf([1], size).next()).toThrow(RangeError);
});
