import { cpuMicros, memory } from './figures.ts';
import type { Goal } from './goal.ts';
import { type Row, row } from './row.ts';
import type { Turn } from './turn.ts';

type Costed = { readonly turns: readonly Turn[]; readonly process: string };

/** CPU time for one operation of one process, beside that of the ceiling's process. Empty where the system does not tell. */
export const cpuRow = (name: string, subject: Costed, ceiling?: Costed, goal?: Goal): Row[] => {
  const values = cpuMicros(subject.turns, subject.process);
  if (values.some(Number.isNaN)) return [];
  const against = ceiling && { ceilings: cpuMicros(ceiling.turns, ceiling.process) };
  return [row({ name, unit: 'µs', values, ...against, ...(goal && { goal }) })];
};

/** Resident memory at the end of all turns; its ceiling is what it was after a fifth of them. */
export const memoryRow = (name: string, { turns, process }: Costed, goal?: Goal): Row[] => {
  const { at20, atEnd } = memory(turns, process);
  if (Number.isNaN(atEnd)) return [];
  return [row({ name, unit: 'MiB', values: [atEnd], ceilings: [at20], ...(goal && { goal }) })];
};
