import { expect, test } from 'vitest';
import { durationMs, durationText, sizeBytes } from './units.ts';

test('durations and sizes are numbers with a unit', () => {
  expect(durationMs('90s', 'x')).toBe(90_000);
  expect(durationMs('7d', 'x')).toBe(604_800_000);
  expect(sizeBytes('2MiB', 'x')).toBe(2_097_152);
});

test.each(['7', 'd', '1.5d', '-1d', '7 d', '7w', undefined, 7])('%s is refused by name', (text) => {
  expect(() => durationMs(text, 'retention of a')).toThrow('retention of a');
});

test('a duration is told in the largest unit that fits it whole', () => {
  expect([604_800_000, 86_400_000, 5_400_000, 1_500].map(durationText)).toEqual([
    '7d',
    '1d',
    '90m',
    '1500ms',
  ]);
});
