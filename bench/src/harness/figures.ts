import { median, quantile } from './statistics.ts';
import type { Turn } from './turn.ts';

/** Operations a second, one figure a turn. */
export const rates = (turns: readonly Turn[]): number[] =>
  turns.map(({ operations, seconds }) => operations / seconds);

/** CPU time that a process spent for one operation, in microseconds, one figure a turn. */
export const cpuMicros = (turns: readonly Turn[], process: string): number[] =>
  turns.map((turn) => turn.cpuMicros[process] ?? Number.NaN);

/** The quantile of each turn's latencies, in milliseconds. */
export const latencies = (turns: readonly Turn[], q: number): number[] =>
  turns.map(({ latenciesMs = [] }) => quantile(latenciesMs, q));

const mebibyte = 1_048_576;

/** Resident memory of a process in MiB, after a fifth of its turns' time and at their end; NaN where nobody counted. */
export const memory = (turns: readonly Turn[], process: string): { at20: number; atEnd: number } => {
  const samples = turns.flatMap((turn) => turn.residentBytes[process] ?? []);
  if (samples.length === 0) return { at20: Number.NaN, atEnd: Number.NaN };
  // Single samples fall before or after a collection of garbage.
  const around = (share: number) => {
    const middle = Math.round((samples.length - 1) * share);
    return median(samples.slice(Math.max(0, middle - 2), middle + 3)) / mebibyte;
  };
  return { at20: around(0.2), atEnd: around(1) };
};

/** The largest share of the machine that strangers had in any turn; undefined where the system does not tell. */
export const strangers = (turns: readonly Turn[]): number | undefined => {
  const shares = turns.flatMap((turn) => turn.strangers ?? []);
  return shares.length === 0 ? undefined : Math.max(...shares);
};
