import { expect, test } from 'vitest';
import type { CandidateSet } from './candidate-set.ts';
import { type Counted, planList } from './list-plan.ts';

const set = (by: CandidateSet['by'], count: number): Counted => ({
  set: { origin: { kind: 'all' }, by, ranges: [] },
  count,
});

const total = 1_000_000;
const plan = (sets: readonly Counted[], by: CandidateSet['by'], limit = 50) =>
  planList(sets, { by, limit, total });

test('walks the smallest of the sets that are in order', () => {
  const [large, small] = [set('createdAt', 400_000), set('createdAt', 5_000)];
  expect(plan([large, small], 'createdAt')).toMatchObject({ way: 'walk', set: small.set });
});

test('looks at as many entries at a time as a page probably takes', () => {
  const [large, small] = [set('createdAt', 500_000), set('createdAt', 5_000)];
  expect(plan([large, small], 'createdAt', 49).step).toBe(100);
  expect(plan([set('createdAt', 2_000), small], 'createdAt', 49).step).toBe(1_000);
});

test('reads a small set whole where another order is asked for', () => {
  const [all, small] = [set('lastName', total), set('createdAt', 900)];
  expect(plan([all, small], 'lastName')).toMatchObject({ way: 'gather', set: small.set });
});

test('never reads a set of more than 1,000 whole', () => {
  const [all, small] = [set('lastName', total), set('createdAt', 1_001)];
  expect(plan([all, small], 'lastName')).toEqual({ way: 'walk', set: all.set, step: 1_000 });
});

test('walks where that finds a page sooner than reading a set whole', () => {
  const [all, most] = [set('lastName', 1_000), set('createdAt', 900)];
  const chosen = planList([all, most], { by: 'lastName', limit: 50, total: 1_000 });
  expect(chosen).toEqual({ way: 'walk', set: all.set, step: 57 });
});

test('reads nothing more once a set is empty', () => {
  const [all, none] = [set('lastName', total), set('createdAt', 0)];
  expect(plan([all, none], 'lastName')).toMatchObject({ way: 'gather', set: none.set });
});
