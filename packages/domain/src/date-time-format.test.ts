import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { IsDateTime } from 'typebox/format';
import { expect, test } from 'vitest';
import { isDateTime } from './date-time-format.ts';
import { AcmeContact } from './index.ts';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const near = fc
  .tuple(digits(4), digits(2), digits(2), fc.constantFrom('T', 't', ' '), digits(2), digits(2), digits(2))
  .map(([year, month, day, mark, ...time]) => `${year}-${month}-${day}${mark}${time.join(':')}`);
const times = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .tuple(
      near,
      fc.constantFrom('', '.', '.5', '.123456'),
      fc.constantFrom('Z', 'z', '', '+02:00', '-00:60', '\n'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('2024-02-29T00:00:00Z', '2023-02-29T00:00:00Z', '2016-12-31T23:59:60Z', '', 'now'),
  fc.string(),
);

test('says of every text what the library says', () => {
  fc.assert(
    fc.property(times, (text) => {
      expect(isDateTime(text)).toBe(IsDateTime(text));
    }),
    { numRuns: 5_000 },
  );
});

test('is what schemas are checked by', () => {
  const contact = {
    id: '1',
    acme_first_name: 'Ada',
    acme_last_name: 'L',
    acme_email: 'a@b',
    acme_version: 1,
  };
  const schema = Compile(AcmeContact);
  expect(schema.Check({ ...contact, acme_updated_at: '2026-01-28T23:59:59.999Z' })).toBe(true);
  expect(schema.Check({ ...contact, acme_updated_at: '2026-01-32T23:59:59.999Z' })).toBe(false);
});
