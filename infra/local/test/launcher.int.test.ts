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

// A launcher that starts a server, tells its pid and its folder, and stays. One stands for all three: each is a process
// of the run, and run/abandoned-run.test.ts has one that obeys no signal.
const LAUNCHER = `
  import { startInfrastructure } from '${INFRASTRUCTURE}';
  import { openRun } from '${new URL('../run/run.ts', import.meta.url).href}';
  const run = await openRun();
  const { processes } = await startInfrastructure({ run, only: ['redis'] });
  console.log(JSON.stringify({ pid: processes.redis.pid, folder: run.folder }));
  setInterval(() => undefined, 60_000);
`;

interface Launched {
  pid: number;
  folder: string;
}

function launch(script: string, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
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

test.skipIf(!canRunOwnServers).each<[string, (launcher: number) => void]>([
  ['the launcher alone is killed by SIGKILL', (launcher) => process.kill(launcher, 'SIGKILL')],
  ['SIGTERM goes to its process group', (launcher) => process.kill(-launcher, 'SIGTERM')],
])(
  'leaves no server and no folder when %s',
  async (_how, end) => {
    const launcher = launch(LAUNCHER, ownServers());
    const { pid, folder } = JSON.parse(await firstLine(launcher)) as Launched;
    expect(isAlive(pid)).toBe(true);

    end(launcher.pid ?? 0);

    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
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
