import { expect, test } from 'vitest';
import { createOutcomeWindow, type Mark } from './outcome-window.ts';

const setUp = () => createOutcomeWindow({ size: 10, share: 0.2 });
const times = (count: number, mark: Mark): Mark[] => Array.from({ length: count }, () => mark);

test('takes as many of one fingerprint as have room among the last, and stops at the next', () => {
  const window = setUp();
  expect(window.take(times(5, 'a'))).toBe(2);
  expect(window.take(times(1, 'a'))).toBe(0);
});

test('other fingerprints and records that did not fail have room beside it', () => {
  const window = setUp();
  expect(window.take(['a', 'b', 'a', undefined, 'b', 'c'])).toBe(6);
  expect(window.take(['c', 'a'])).toBe(1);
});

test('what is older than the last ten does not count', () => {
  const window = setUp();
  window.take(['a', 'a']);
  window.take(times(7, undefined));
  expect(window.take(['a'])).toBe(0);
  window.take([undefined]);
  expect(window.take(['a', 'a', 'a'])).toBe(2);
});

test('what was taken and given back does not count', () => {
  const window = setUp();
  window.take(['a', 'a']);
  window.giveBack(['a', 'a']);
  expect(window.take(['a', 'a', 'a'])).toBe(2);
});
