import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEV_FOLDER } from './dev-environment.ts';
import { eventually } from './run/eventually.ts';
import { isAlive } from './run/is-alive.ts';

const SUFFIX = '.pid';

/** Notes that this process is, or becomes, the named service in development. */
export async function recordDevProcess(service: string, folder = DEV_FOLDER): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, service + SUFFIX), String(process.pid));
}

/** Forgets the processes of an earlier run. */
export async function forgetDevProcesses(folder = DEV_FOLDER): Promise<void> {
  for (const file of await pidFiles(folder)) await rm(file, { force: true });
}

/**
 * Asks every noted process to end and resolves when all have, or after `withinMs`. Ctrl-C reaches the services and
 * their servers at once, but a service needs Kafka and Redis to finish what it has begun.
 */
export async function endDevProcesses(withinMs: number, folder = DEV_FOLDER): Promise<void> {
  const files = await pidFiles(folder);
  const pids = await Promise.all(files.map(async (file) => Number(await readFile(file, 'utf8'))));
  for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGTERM');
  const ended = async () => {
    if (pids.some(isAlive)) throw new Error('a service still runs');
  };
  await eventually(ended, { withinMs }).catch(() => undefined);
  await forgetDevProcesses(folder);
}

async function pidFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(SUFFIX)).map((name) => join(folder, name));
}
