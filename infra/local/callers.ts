import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isAlive } from './run/is-alive.ts';

const CHECK_MS = 500;
const DEPTH = 6;

/**
 * Calls `act` once when npm or turbo, having started this process, is gone: killed by SIGKILL it cannot pass anything
 * on. A shell above them may end as it likes, so `npm start &` lives on. Does nothing where `ps` is missing.
 */
export async function whenCallerIsGone(act: () => void): Promise<void> {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const callers = await findCallers(process.ppid);
  if (callers.length === 0) return;
  const timer = setInterval(() => {
    if (callers.every(isAlive)) return;
    clearInterval(timer);
    act();
  }, CHECK_MS);
  timer.unref();
}

/** The ancestors from `pid` up to the highest npm or turbo among them; the shells of npm stand between. */
async function findCallers(pid: number): Promise<number[]> {
  const ancestors: number[] = [];
  let upToCaller = 0;
  let next = pid;
  while (next > 1 && ancestors.length < DEPTH) {
    ancestors.push(next);
    const { parent, command } = await describe(next);
    if (/^(npm|npx|turbo)\b/.test(command)) upToCaller = ancestors.length;
    next = parent;
  }
  return ancestors.slice(0, upToCaller);
}

async function describe(pid: number): Promise<{ parent: number; command: string }> {
  const printed = await promisify(execFile)('ps', ['-o', 'ppid=,comm=', '-p', String(pid)]).catch(
    () => undefined,
  );
  const [, parent, command] = /^\s*(\d+)\s+(?:.*\/)?(.*)$/m.exec(printed?.stdout ?? '') ?? [];
  return { parent: Number(parent ?? 0), command: command ?? '' };
}
