import { expect, test } from 'vitest';
import { propertyRuns } from './property-runs.ts';

test.each([
  ['a quarter in the everyday run', {}, 500],
  ['all in CI', { CI: 'true' }, 2_000],
  ['all where they are asked for', { PROPERTY_RUNS: 'full' }, 2_000],
  ['the number that is given, in CI too', { PROPERTY_RUNS: '7', CI: 'true' }, 7],
])('runs a law by its full number: %s', (_when, environment, numRuns) => {
  expect(propertyRuns('a law', 2_000, environment)).toMatchObject({ numRuns });
});

test('tries even the least law once', () => {
  expect(propertyRuns('a law', 1, {}).numRuns).toBe(1);
});

test('takes the seed of another run', () => {
  expect(propertyRuns('a law', 1, { PROPERTY_SEED: '42' }).seed).toBe(42);
});

test.each(['0', '-1', 'many', '1.5'])('refuses a length of %s', (length) => {
  expect(() => propertyRuns('a law', 1, { PROPERTY_RUNS: length })).toThrow(`PROPERTY_RUNS is "${length}"`);
});
