import fc from 'fast-check';
import { IsDateTime } from 'typebox/format';
import { expect, test } from 'vitest';
import { isDateTime, toDateTime } from './date-time-format.ts';
import { AcmeContact, compileCheck } from './index.ts';

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

test('says of every text what the library says, a zone in brackets aside', () => {
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
  const check = compileCheck(AcmeContact);
  expect(check({ ...contact, acme_updated_at: '2026-01-28T23:59:59.999Z' })).toEqual([]);
  for (const time of [
    '2026-01-32T23:59:59.999Z',
    '2024-05-01T10:00:00.000+0000',
    '2024-05-01T10:00:00Z[UTC]',
  ])
    expect(check({ ...contact, acme_updated_at: time })).toHaveLength(1);
});

test.each([
  ['2024-05-01T10:00:00.000+0000', '2024-05-01T10:00:00.000Z'],
  ['2024-05-01T10:00:00+00', '2024-05-01T10:00:00Z'],
  ['2024-05-01T10:00:00+0530', '2024-05-01T04:30:00Z'],
  ['2024-12-31 23:30:00.5-01:00', '2025-01-01T00:30:00.5Z'],
  ['2015-12-15T15:29:57.990999', '2015-12-15T15:29:57.990999Z'],
  ['2015-12-15 15:29:57', '2015-12-15T15:29:57Z'],
  ['2015-12-15', '2015-12-15T00:00:00Z'],
  ['2015-12-15t15:29:57z', '2015-12-15T15:29:57Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:60Z'],
])('%s is %s', (text, time) => {
  expect(toDateTime(text)).toBe(time);
});

test.each([
  '',
  '2024-05-01T10:00:00Z[UTC]',
  '2024-02-30',
  '2024-05-01T24:00:00Z',
  '2024-05-01T10:00:00+2500',
  '0000-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01',
  'yesterday',
])('%j is no time', (text) => {
  expect(toDateTime(text)).toBeNull();
});

test('what is made of a time is a time, and made of itself again', () => {
  fc.assert(
    fc.property(times, (text) => {
      const time = toDateTime(text);
      if (time !== null) expect([isDateTime(time), toDateTime(time)]).toEqual([true, time]);
      if (isDateTime(text) && !text.startsWith('0000') && !text.startsWith('9999'))
        expect(time).not.toBeNull();
    }),
    { numRuns: 5_000 },
  );
});
