/**
 * Ends what a launcher leaves behind. It reads on standard input which process groups and paths a run owns; when the
 * launcher goes away, for whatever reason and be it by SIGKILL, the pipe closes, and this process kills the groups,
 * removes the paths and ends. Runs in a session of its own, so that Ctrl-C in the launcher's terminal does not reach it,
 * and lets SIGTERM pass: who ends a whole tree ends the launcher too, which may still stop its servers in order.
 * It says one line as soon as no such signal can end it.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { killGroup } from './kill-group.ts';

const groups = new Set<number>();
const paths = new Set<string>();

for (const signal of ['SIGINT', 'SIGHUP', 'SIGPIPE', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.stdout.write('watching\n');

for await (const line of createInterface({ input: process.stdin })) {
  const [word, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  if (word === 'group') groups.add(Number(rest));
  if (word === 'ended') groups.delete(Number(rest));
  if (word === 'path') paths.add(rest);
}

for (const group of groups) killGroup(group, 'SIGKILL');
// A killed process may still finish a write while its folder goes, hence the repetition.
for (const path of paths) await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
