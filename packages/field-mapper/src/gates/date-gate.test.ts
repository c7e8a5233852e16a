import { AcmeContact, compileGuard } from '@contact-sync/domain';
import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Problems } from '../problem.ts';
import { dateGate } from './date-gate.ts';

const gate = dateGate('/at');
const isTimeOfAcme = compileGuard(AcmeContact.properties.acme_created_at);

const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
const timeLike = fc
  .tuple(
    two,
    two,
    two,
    two,
    two,
    two,
    two,
    fc.constantFrom('', '.5', '.123456', '.'),
    fc.constantFrom('Z', 'z', '', '+02:00', '-24:00', 'Z[UTC]'),
  )
  .map(([a, b, month, day, hour, minute, second, fraction, zone]) => {
    const date = `${a}${b}-${month}-${day}`;
    return `${date}T${hour}:${minute}:${second}${fraction}${zone}`;
  });
const near = fc
  .date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') })
  .map((date) => date.toISOString().replace('00', '60'));

test('a time passes exactly where the schema of AcmeCRM lets it pass', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        timeLike,
        near,
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      (time) => {
        const problems: Problems = [];
        const passed = gate(time, problems);
        const valid = isTimeOfAcme(time);
        expect([passed, problems.length]).toEqual(valid ? [time, 0] : [null, 1]);
      },
    ),
    propertyRuns('times as the schema judges them', 500),
  );
});

test.each([
  ['2024-02-29T23:59:59Z', true],
  ['2023-02-29T00:00:00Z', false],
  ['2024-04-31T00:00:00Z', false],
  ['2016-12-31T23:59:60Z', true],
  ['2024-01-01', false],
  ['yesterday', false],
])('%s is a time: %s', (time, expected) => {
  expect(gate(time, []) === time).toBe(expected);
});
