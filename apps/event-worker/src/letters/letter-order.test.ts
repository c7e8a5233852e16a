import { expect, test } from 'vitest';
import type { Entry } from './letter.ts';
import { idAtPosition, isPosition, positionAt, positionOf } from './letter-order.ts';

const entryAt = (at: number, offset: string, topic = 'acme.contact.updated.v1'): Entry => ({
  id: `${topic}-3-${offset}`,
  decision: { kind: 'discarded', at, by: '', reason: '', place: { topic, partition: 0, offset: '0' } },
});

test('positions sort by time, then by where the record stood, and lead back to the id', () => {
  const entries = [
    entryAt(5, '10'),
    entryAt(20, '9'),
    entryAt(20, '10'),
    entryAt(20, '100000'),
    entryAt(1_764_300_000_000, '0'),
  ];
  const positions = entries.map(positionOf);
  expect(positions.toSorted()).toEqual(positions);
  expect(positions.map(idAtPosition)).toEqual(entries.map(({ id }) => id));
  expect(positions.every(isPosition)).toBe(true);
  expect(positionAt(20) > (positions[0] ?? '') && positionAt(20) < (positions[1] ?? '')).toBe(true);
});

test('a position of our topics is short enough for Redis to pack', () => {
  expect(positionOf(entryAt(1_764_300_000_000, '9'.repeat(16))).length).toBeLessThanOrEqual(64);
});

test('what no page gave is no position', () => {
  for (const text of ['', 'x', '1 2 3', `${'1'.repeat(13)} ${'1'.repeat(16)} a b`]) {
    expect(isPosition(text)).toBe(false);
  }
});
