import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Addresses } from './addresses.ts';
import { REPOSITORY } from './repository.ts';
import { isAlive } from './run/is-alive.ts';
import type { Run } from './run/run.ts';
import { SERVICE_NAMES, type ServicePlans } from './service-plan.ts';

const FOLDER = join(REPOSITORY, '.local');

/** Where the launcher and the services in development meet. */
export const DEV_FOLDER = join(FOLDER, 'dev');

/** The file with the addresses of the infrastructure that runs for this checkout. */
export const INFRASTRUCTURE_FILE = join(FOLDER, 'infra.env');

/** The file with all that one service needs from the launcher in development. */
export function serviceFile(service: string): string {
  return join(DEV_FOLDER, `${service}.env`);
}

/**
 * Writes the settings for `npm run dev` where each service looks for them, readable by this user only, and removes
 * them with the run. The infrastructure's file comes last: while it stands, all of them do.
 */
export async function publishDevEnvironment(
  run: Run,
  addresses: Addresses,
  plans: ServicePlans,
): Promise<void> {
  await mkdir(DEV_FOLDER, { recursive: true });
  for (const name of SERVICE_NAMES) await publish(run, serviceFile(name), plans[name].settings);
  await publish(run, INFRASTRUCTURE_FILE, addresses);
}

async function publish(run: Run, path: string, settings: Record<string, string>): Promise<void> {
  run.removeAtEnd(path);
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  const text = [`# launcher ${process.pid}`, ...lines, ''].join('\n');
  await writeFile(path, text, { mode: 0o600 });
}

/** The pid of the launcher that wrote the file, if it still runs: a file that outlived its launcher says nothing. */
export async function liveLauncher(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number(/^# launcher (\d+)$/m.exec(text)?.[1]);
  return Number.isInteger(pid) && isAlive(pid) ? pid : undefined;
}

/** A value as a POSIX shell and Node's --env-file both read it. */
export function quoted(value: string): string {
  return /^[\w:/.,@%+=-]*$/.test(value) ? value : `'${value}'`;
}
