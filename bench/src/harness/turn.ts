import { cpuMicrosOf, machineBusyMicros, type Pids, residentBytesOf } from './process-usage.ts';

/** What a contestant did in its turn. */
export type Work = {
  readonly operations: number;
  readonly seconds: number;
  /** Operations that were answered, those too that were answered after the seconds were over. */
  readonly accepted?: number;
  /** One for each operation that was timed; absent where only the rate counts. */
  readonly latenciesMs?: readonly number[];
  /** How late each operation was begun at a steady rate: the load's own fault. */
  readonly lateMs?: readonly number[];
};

/** A contestant's work with what it cost, by the names of the processes. */
export type Turn = Work & {
  /** CPU time a process spent for one operation, in microseconds. */
  readonly cpuMicros: Readonly<Record<string, number>>;
  /** Resident bytes, four times a second and at the end. */
  readonly residentBytes: Readonly<Record<string, readonly number[]>>;
  /** Share of the machine that went to processes which are no part of the bench. */
  readonly strangers: number | undefined;
};

const sampleEveryMs = 250;

const cpuOfAll = (pids: Pids): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuMicrosOf(pid) ?? Number.NaN]));

const startSampling = (pids: Pids) => {
  const samples: Record<string, number[]> = Object.fromEntries(Object.keys(pids).map((name) => [name, []]));
  const sample = () => {
    for (const [name, pid] of Object.entries(pids)) {
      const bytes = residentBytesOf(pid);
      if (bytes !== undefined) samples[name]?.push(bytes);
    }
  };
  const timer = setInterval(sample, sampleEveryMs);
  return {
    end: () => {
      sample();
      return samples;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
};

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Runs `work` and tells what it cost each of `pids`; the CPU time of anything else counts as strangers'. */
export const measureTurn = async (
  work: () => Promise<Work>,
  { pids, cores }: { readonly pids: Pids; readonly cores: number },
): Promise<Turn> => {
  const startedAt = performance.now();
  const [busyBefore, before] = [machineBusyMicros(), cpuOfAll(pids)];
  using sampling = startSampling(pids);
  const done = await work();
  const [residentBytes, after, busyAfter] = [sampling.end(), cpuOfAll(pids), machineBusyMicros()];
  const spent = Object.fromEntries(
    Object.keys(pids).map((name) => [name, (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN)]),
  );
  const machineMicros = (performance.now() - startedAt) * 1_000 * cores;
  const strange =
    busyBefore === undefined || busyAfter === undefined
      ? undefined
      : Math.max(0, busyAfter - busyBefore - sum(Object.values(spent))) / machineMicros;
  return {
    ...done,
    cpuMicros: Object.fromEntries(
      Object.entries(spent).map(([name, micros]) => [name, micros / done.operations]),
    ),
    residentBytes,
    strangers: strange,
  };
};
