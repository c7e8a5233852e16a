import { expect, it } from 'vitest';
import { createByteBudget } from './byte-budget.ts';

it('gives no more than there is to all together, and anew what was given back', () => {
  const open = createByteBudget(10);
  const [one, two] = [open(), open()];
  expect([one.book(6), two.book(4), two.book(1)]).toEqual([true, true, false]);
  one.release();
  one.release();
  expect([one.book(1), two.book(6), two.book(1)]).toEqual([false, true, false]);
});
