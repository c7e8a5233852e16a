import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../run/is-alive.ts';
import { canRunOwnServers, ownServers } from './own-servers.ts';

const INFRASTRUCTURE = new URL('../infrastructure.ts', import.meta.url).href;

const SLOW_MACHINE_MS = 300_000;

// A launcher that starts all three servers, tells their pids and its folder, and stays.
const LAUNCHER = `
  import { startInfrastructure } from '${INFRASTRUCTURE}';
  import { openRun } from '${new URL('../run/run.ts', import.meta.url).href}';
  const run = await openRun();
  const { processes } = await startInfrastructure({ run });
  const pids = Object.values(processes).map((server) => server.pid);
  console.log(JSON.stringify({ pids, folder: run.folder }));
  setInterval(() => undefined, 60_000);
`;

interface Launched {
  pids: number[];
  folder: string;
}

function launch(script: string, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text;
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stderr ?? []) text += String(chunk);
  return text;
}

test.skipIf(!canRunOwnServers)(
  'leaves no process and no folder when the launcher is killed by SIGKILL',
  async () => {
    const launcher = launch(LAUNCHER, ownServers());
    const { pids, folder } = JSON.parse(await firstLine(launcher)) as Launched;
    expect(pids).toHaveLength(3);
    expect(pids.every(isAlive)).toBe(true);

    launcher.kill('SIGKILL');

    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
  },
  SLOW_MACHINE_MS,
);

test('says in one message what is missing, and exits with 1, on a machine that can neither fetch nor run servers', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'contact-sync-empty-'));
  const environment = ownServers({ PATH: '', JAVA_HOME: '', CONTACT_SYNC_CACHE_DIR: cache });
  const infra = spawn(process.execPath, [join(import.meta.dirname, '../infra.ts')], { env: environment });
  const [text, [exitCode]] = await Promise.all([textOf(infra), once(infra, 'exit')]);
  expect(exitCode).toBe(1);
  expect(text).toContain('there is no Maven (mvn) on the PATH');
  expect(text).toContain('Any one of these is enough:');
  expect(text).not.toMatch(/^\s+at /m);
  await rm(cache, { recursive: true });
});
