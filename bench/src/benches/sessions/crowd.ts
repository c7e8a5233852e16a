import { availableParallelism } from 'node:os';
import { ratioAtMost } from '../../harness/goal.ts';
import { type Row, row } from '../../harness/row.ts';
import { measureTurn, type Turn } from '../../harness/turn.ts';
import { atOnce, loggingIn, type Setting, service, turns } from './setting.ts';

/** Logins at the same time. */
export const crowd = 200;

// Nobody is refused, those neither that were given up at the end of a turn and still wait.
const room = String(2 * crowd);

const copy = 'crowded auth-service';
const mebibyte = 1_048_576;

const highest = ({ residentBytes }: Turn): number => Math.max(...(residentBytes[copy] ?? [])) / mebibyte;

/**
 * Memory of a copy of its own that takes a crowd in: as few logins as it checks at a time, then the crowd, then as few
 * again. Not interleaved: who has had a crowd has its memory. No rows where the system does not tell.
 */
export const measureCrowd = async (setting: Setting): Promise<Row[]> => {
  const { stage, load, note } = setting;
  const settings = { LOGIN_FREE_FAILURES: '1000', PASSWORD_CHECKS_WAITING: room };
  const url = await stage.startCopy(service, { name: copy, settings });
  const pids = { ...stage.pids(), load: load.pid, bench: process.pid };
  const memoryUnder = async (connections: number): Promise<number> => {
    const { prepare, work } = loggingIn(setting, { name: 'crowd', url, connections });
    await prepare?.(turns.seconds);
    const turn = await measureTurn(() => work(turns.seconds), { pids, cores: availableParallelism() });
    const memory = highest(turn);
    note(`${connections} logins at once: ${memory.toFixed(0)} MiB`);
    return memory;
  };
  // The first turn warms up.
  await memoryUnder(atOnce);
  const before = await memoryUnder(atOnce);
  const peak = await memoryUnder(crowd);
  const after = await memoryUnder(atOnce);
  if (!Number.isFinite(before)) return [];
  const beside = (name: string, value: number) =>
    row({ name, unit: 'MiB', values: [value], ceilings: [before], goal: ratioAtMost(1.2) });
  return [
    beside(`memory of auth-service, ${crowd} logins at once beside ${atOnce}`, peak),
    beside(`memory of auth-service, ${atOnce} logins at once after ${crowd} beside before`, after),
  ];
};
