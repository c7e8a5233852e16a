import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LaunchError } from '../launch-error.ts';
import { findExecutable } from './executable.ts';

const OLDEST = { major: 6, minor: 2 };
const ARCHITECTURE: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The `redis-server` on the PATH if it is 6.2 or newer. */
export async function redisOnPath(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const command = await findExecutable('redis-server', environment);
  if (command === undefined) return undefined;
  const { stdout } = await promisify(execFile)(command, ['--version']).catch(() => ({ stdout: '' }));
  return isNewEnough(stdout) ? command : undefined;
}

/** Whether `redis-server --version` printed a version that the system works with. */
export function isNewEnough(printed: string): boolean {
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(printed) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) > OLDEST.major || (Number(major) === OLDEST.major && Number(minor) >= OLDEST.minor);
}

/** The Redis for this platform among the fetched files. */
export async function fetchedRedis(files: string): Promise<string> {
  const folder = join(files, 'redis');
  const suffix = `-${platform()}-${ARCHITECTURE[arch()] ?? arch()}`;
  const name = (await readdir(folder)).find((file) => file.endsWith(suffix));
  if (name === undefined) {
    throw new LaunchError(
      `There is no Redis for ${platform()} ${arch()} to fetch, and none (6.2 or newer) on the PATH.`,
      {
        remedy: 'Install redis-server, start a Docker engine, or set REDIS_URL to a Redis of your own.',
      },
    );
  }
  return join(folder, name);
}
