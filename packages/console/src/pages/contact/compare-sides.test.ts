import { expect, it } from 'vitest';
import { compareSides } from './compare-sides.ts';

const differing = (ours: object, theirs?: object) =>
  compareSides({ ...ours }, theirs && { ...theirs })
    .filter(({ differs }) => differs)
    .map(({ field }) => field);

it('marks the fields that differ, and no empty one that is empty in another way', () => {
  const ours = { title: 'Dr', phone: null, tags: [], address: { city: 'Paris', street: null } };
  expect(
    differing(ours, { title: 'Countess', tags: ['vip'], address: { street: '', city: 'Paris' } }),
  ).toEqual(['title', 'tags']);
});

it('marks nothing of a contact that AcmeCRM does not have', () => {
  expect(differing({ title: 'Dr' })).toEqual([]);
});
