import { expect, test } from 'vitest';
import { type Report, reportText } from './report.ts';
import type { Row } from './row.ts';

const one: Row = {
  name: 'answers',
  value: 12_345,
  unit: '1/s',
  spread: 0.034,
  ceiling: 20_000,
  ratio: 0.6173,
  goal: 'ratio ≥ 0.8',
  met: false,
};

const report: Report = {
  bench: 'read',
  machine: '2 × some CPU',
  versions: { node: '24', fastify: '5' },
  rows: [
    one,
    { ...one, name: 'x', value: 3, spread: null, ceiling: null, ratio: null, goal: null, met: null },
  ],
  notes: ['shared machine'],
};

test('the text has machine, versions, one line a row and the notes', () => {
  const lines = reportText(report).split('\n');
  expect(lines).toContain('bench read');
  expect(lines).toContain('2 × some CPU');
  expect(lines).toContain('node 24, fastify 5');
  expect(
    lines.some((line) => /^answers +12,350 +1\/s +3% +20,000 +0\.6173 +ratio ≥ 0\.8 +NO$/.test(line)),
  ).toBe(true);
  expect(lines.some((line) => /^x +3 +1\/s +- +- +- +- +-$/.test(line))).toBe(true);
  expect(lines).toContain('- shared machine');
});

test('figures of one column end at the same place', () => {
  const [first, second] = reportText(report)
    .split('\n')
    .filter((line) => /^(answers|x) /.test(line));
  expect(first?.indexOf('12,350')).toBe((second?.indexOf(' 3 ') ?? 0) - 4);
});
