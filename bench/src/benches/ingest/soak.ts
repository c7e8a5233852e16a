import { availableParallelism } from 'node:os';
import type { Contestant } from '../../harness/interleave.ts';
import type { Pids } from '../../harness/process-usage.ts';
import { median } from '../../harness/statistics.ts';
import { measureTurn } from '../../harness/turn.ts';
import type { Tally } from './contestants.ts';

export type SoakOptions = {
  readonly contestant: Contestant;
  readonly tally: Tally;
  readonly process: string;
  readonly pids: Pids;
  /** Gives up after this time. */
  readonly withinSeconds: number;
  readonly onTurn: (text: string) => void;
};

const turnSeconds = 4;
const mebibyte = 1_048_576;

/** Sends until so many events have been accepted in all; resolves with the process's memory in the last second, in MiB. */
export const soakUntil = async (events: number, options: SoakOptions): Promise<number> => {
  const { contestant, tally, process, pids, withinSeconds, onTurn } = options;
  const giveUpAt = performance.now() + withinSeconds * 1_000;
  let memory = Number.NaN;
  let perSecond = 0;
  while (tally.events < events && performance.now() < giveUpAt) {
    // The last turn is cut to what is missing, so that the mark is where it is said to be.
    const missing = perSecond === 0 ? turnSeconds : (events - tally.events) / perSecond;
    const seconds = Math.min(turnSeconds, Math.max(1, missing));
    await contestant.prepare?.(seconds);
    const turn = await measureTurn(() => contestant.work(seconds), { pids, cores: availableParallelism() });
    onTurn(`${tally.events} of ${events} events accepted`);
    perSecond = turn.operations / turn.seconds;
    const samples = turn.residentBytes[process]?.slice(-4) ?? [];
    memory = samples.length === 0 ? Number.NaN : median(samples) / mebibyte;
  }
  return memory;
};
