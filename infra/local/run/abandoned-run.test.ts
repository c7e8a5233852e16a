import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { processTree } from '../test/process-tree.ts';
import { isAlive } from './is-alive.ts';
import { killGroup } from './kill-group.ts';

// Owns a process that no SIGTERM ends, as a frozen server would not end, and tells of it.
const LAUNCHER = `
  import { openRun } from '${new URL('./run.ts', import.meta.url).href}';
  const run = await openRun();
  const child = run.spawn('sh', ['-c', "trap '' TERM; echo ready; while :; do sleep 1; done"]);
  child.stdout.once('data', () => console.log(JSON.stringify({ pid: child.pid, folder: run.folder })));
`;

interface Owned {
  pid: number;
  folder: string;
}

let launcher: ChildProcessByStdio<null, Readable, null>;
let owned: Owned;

/** Resolves with the pid of the launcher once it owns something. */
async function launch(): Promise<number> {
  launcher = spawn(process.execPath, ['--input-type=module-typescript', '--eval', LAUNCHER], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(launcher.stdout, 'data');
  owned = JSON.parse(String(line)) as Owned;
  return launcher.pid ?? 0;
}

async function expectNothingLeft(): Promise<void> {
  const { pid, folder } = owned;
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
}

afterEach(() => {
  launcher.kill('SIGKILL');
  killGroup(owned.pid, 'SIGKILL');
});

test('leaves nothing when the launcher alone is killed by SIGKILL', async () => {
  const root = await launch();
  process.kill(root, 'SIGKILL');
  await expectNothingLeft();
});

test('leaves nothing when SIGTERM goes to the process group of the launcher', async () => {
  const root = await launch();
  process.kill(-root, 'SIGTERM');
  await expectNothingLeft();
});

test('leaves nothing when a supervisor sends SIGTERM to every process of the tree, the watchdog among them', async () => {
  const root = await launch();
  const tree = await processTree(root);
  // Leaves first: the watchdog hears of the end before the launcher is gone.
  for (const pid of tree.reverse()) process.kill(pid, 'SIGTERM');
  await expectNothingLeft();
});
