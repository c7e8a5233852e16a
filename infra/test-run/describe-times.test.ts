import { expect, test } from 'vitest';
import { describeTimes } from './describe-times.ts';

const files = Array.from({ length: 12 }, (_, index) => ({
  path: `file-${index}.test.ts`,
  project: index < 4 ? 'unit' : 'integration',
  seconds: index * 2,
  startedAt: index,
  endedAt: index * 3,
}));

test('names the ten slowest files, slowest first, and those above 20 s as slow', () => {
  const lines = describeTimes(files);
  const slowest = lines.slice(lines.indexOf('The 10 slowest files:') + 1);
  expect(slowest).toHaveLength(10);
  expect(slowest[0]).toBe('    22.0 s  file-11.test.ts  slow: above 20 s');
  expect(slowest[1]).toBe('    20.0 s  file-10.test.ts');
});

test('gives each project its number of files, their time and when it ran', () => {
  expect(describeTimes(files)).toEqual(
    expect.arrayContaining([
      '  unit         4 files, 12 s of them, from 0 s to 9 s of the run',
      '  integration  8 files, 120 s of them, from 4 s to 33 s of the run',
    ]),
  );
});

test('says nothing about a run of a few files', () => {
  expect(describeTimes(files.slice(0, 10))).toEqual([]);
});
