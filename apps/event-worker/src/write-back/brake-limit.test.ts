import { expect, test } from 'vitest';
import { mostDeletes } from './brake-limit.ts';

test.each([
  [0, 20],
  [300, 20],
  [1_000, 50],
  [2_000, 100],
  [1_000_000, 100],
])('of %i contacts %i may be deleted by the count of 100 and the share of 5 %%', (contacts, most) => {
  expect(mostDeletes({ count: 100, share: 0.05 }, contacts)).toBe(most);
});

test('a count below what a share begins with holds by itself', () => {
  expect(mostDeletes({ count: 5, share: 0.05 }, 1_000)).toBe(5);
});
