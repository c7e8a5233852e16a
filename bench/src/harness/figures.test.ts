import { expect, test } from 'vitest';
import { cpuMicros, latencies, memory, rates, strangers } from './figures.ts';
import type { Turn } from './turn.ts';

const mebibytes = (...values: number[]) => ({ service: values.map((value) => value * 1_048_576) });

const turn = (overrides: Partial<Turn>): Turn => ({
  operations: 100,
  seconds: 2,
  cpuMicros: {},
  residentBytes: {},
  strangers: undefined,
  ...overrides,
});

test('each turn gives one rate, one cost and one quantile', () => {
  const turns = [
    turn({ latenciesMs: [1, 2, 9], cpuMicros: { service: 70 } }),
    turn({ operations: 300, latenciesMs: [4], cpuMicros: { service: 50 } }),
  ];
  expect(rates(turns)).toEqual([50, 150]);
  expect(cpuMicros(turns, 'service')).toEqual([70, 50]);
  expect(latencies(turns, 0.99)).toEqual([9, 4]);
});

test('memory is read at a fifth of all turns together and at their end, past single outliers', () => {
  const turns = [
    turn({ residentBytes: mebibytes(10, 20, 20, 99, 20, 30) }),
    turn({ residentBytes: mebibytes(30, 40, 50, 99, 50) }),
  ];
  expect(memory(turns, 'service')).toEqual({ at20: 20, atEnd: 50 });
});

test('strangers are reported by the worst turn, and not at all where nobody counted them', () => {
  expect(strangers([turn({ strangers: 0.1 }), turn({ strangers: 0.3 }), turn({})])).toBe(0.3);
  expect(strangers([turn({})])).toBeUndefined();
});
