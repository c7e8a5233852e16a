import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactId, compactTime, expandId } from './compact.ts';
import { compareText } from './compare-text.ts';
import { isPosition, positionOf, referenceOf } from './list-position.ts';

const time = fc.nat(2 ** 48 - 1);

test('compact times are ordered as times are, by their bytes', () => {
  fc.assert(
    fc.property(time, time, (one, other) => {
      const order = Buffer.compare(Buffer.from(compactTime(one)), Buffer.from(compactTime(other)));
      expect(order).toBe(Math.sign(one - other));
      expect(compactTime(one)).toHaveLength(8);
    }),
  );
});

test('compact ids lead back to their ids, also to ones that are no UUID', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uuid(),
        fc.string(),
        fc.uuid().map((id) => id.toUpperCase()),
      ),
      (id) => {
        expect(expandId(compactId(id))).toBe(id);
      },
    ),
  );
  expect(compactId('0193a1de-7f5e-7000-8000-000000000000')).toHaveLength(22);
});

test('texts are compared as their bytes are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\uffee', '\ue000', '\u{1f600}', '\u{10ffff}') });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(Math.sign(compareText(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
    }),
  );
});

const contact = {
  id: '0193a1de-7f5e-7000-8000-000000000000',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-02-01T00:00:00.000Z',
  firstName: 'Ada',
  lastName: 'Lovelace',
};
const reference = referenceOf(contact);

test.each(['createdAt', 'updatedAt', 'lastName', 'match'] as const)(
  'a position in the order of %s is taken for one, and nothing near it is',
  (by) => {
    const position = positionOf(by, reference, contact, 'l') ?? '';
    expect(isPosition(by, position)).toBe(true);
    for (const other of [
      '',
      position.slice(1 - position.length).slice(0, 20),
      `${position}x`,
      `${position}\n`,
    ]) {
      expect(isPosition(by, other)).toBe(false);
    }
  },
);

test('a name too long to be a place of its own still has one, in well-formed text', () => {
  const lastName = `${'x'.repeat(63)}\u{1f600}`;
  const position = positionOf('lastName', reference, { ...contact, lastName }, undefined) ?? '';
  expect(position.isWellFormed()).toBe(true);
  expect(isPosition('lastName', position)).toBe(true);
});

test('of two names that q finds the first one counts, and of none there is no position', () => {
  const both = { ...contact, firstName: 'Lora' };
  expect(positionOf('match', reference, both, 'LO')).toBe(`lora lovelace\u0000${reference}`);
  expect(positionOf('match', reference, contact, 'lo')).toBe(`lovelace\u0000${reference}`);
  expect(positionOf('match', reference, contact, 'x')).toBeNull();
});
