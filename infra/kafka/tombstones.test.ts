import { expect, test } from 'vitest';
import { tombstoneFaults } from './tombstones.ts';

const day = 86_400_000;
const file = { tombstonesMs: 30 * day, windows: [{ name: 'dedupe', ms: day }] };
const kept = (ms: number) => [{ name: 'a', config: { 'retention.ms': String(ms) } }];

test('nothing is at fault while tombstones outlive every retention and window', () => {
  expect(tombstoneFaults(file, kept(30 * day - 1))).toEqual([]);
});

test('a retention as long as tombstones, or longer, or without end, is named', () => {
  expect(tombstoneFaults(file, kept(30 * day))).toEqual(['retention of a is 30d, tombstones stay 30d']);
  expect(tombstoneFaults(file, kept(31 * day))).toHaveLength(1);
  expect(tombstoneFaults(file, kept(-1))).toEqual(['retention of a is without end, tombstones stay 30d']);
});

test('a window as long as tombstones is named', () => {
  const windows = [{ name: 'dedupe', ms: 40 * day }];
  expect(tombstoneFaults({ ...file, windows }, [])).toEqual(['window: dedupe is 40d, tombstones stay 30d']);
});
