import { expect, test } from 'vitest';
import { creationTime } from './creation-time.ts';

test.each([
  ['is UTC to the millisecond', '2015-12-15T15:29:57.990999Z', '2015-12-15T15:29:57.990Z'],
  ['whatever its offset', '2020-02-29T12:00:00+02:00', '2020-02-29T10:00:00.000Z'],
  ['in either case', '2020-02-29t12:00:00z', '2020-02-29T12:00:00.000Z'],
  ['a leap second being the one before', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ['also where it lies ahead', '2099-01-01T00:00:00Z', '2099-01-01T00:00:00.000Z'],
])('the time of a creation %s', (_, given, canonical) => {
  expect(creationTime(given)).toBe(canonical);
});

test.each([
  ['nothing', null],
  ['the zero of systems that know no null', '0001-01-01T00:00:00Z'],
  ['a year before any CRM', '1969-12-31T23:59:59Z'],
  ['a year that four digits cannot name in UTC', '9999-12-31T23:59:59-12:00'],
  ['no time at all', 'yesterday'],
])('%s is no time of a creation', (_, given) => {
  expect(creationTime(given)).toBeNull();
});
