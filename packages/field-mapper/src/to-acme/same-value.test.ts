import { expect, test } from 'vitest';
import { sameValue } from './same-value.ts';

test.each([
  [null, undefined],
  ['a', 'a'],
  [[], []],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [{ a: 1, b: null }, { a: 1 }],
])('%j and %j are the same', (a, b) => {
  expect([sameValue(a, b), sameValue(b, a)]).toEqual([true, true]);
});

test.each([
  [null, ''],
  [0, false],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [['a'], ['a', 'b']],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{}, []],
  [null, {}],
])('%j and %j are not the same', (a, b) => {
  expect([sameValue(a, b), sameValue(b, a)]).toEqual([false, false]);
});
