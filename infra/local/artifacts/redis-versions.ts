import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { reasonOf } from '../launch-error.ts';
import { silentProgress } from '../progress.ts';
import { openRun, type Run } from '../run/run.ts';
import { fetchDebianRedis } from './debian-redis.ts';
import { fetchedRedis, redisOnPath } from './redis-executable.ts';
import { fetchServerFiles } from './server-files.ts';

/** A version that the system must work on, and where a server of it lies; else why there is none on this machine. */
export interface RedisVersion {
  readonly name: '6.2' | '7';
  readonly executable?: string;
  readonly missing?: string;
}

type Source = (run: Run, environment: NodeJS.ProcessEnv) => Promise<string | undefined>;

const fromPath: Source = (_run, environment) => redisOnPath(environment);
const fromMaven: Source = async (run, environment) =>
  fetchedRedis(await fetchServerFiles(run, silentProgress, environment));

const isVersion: Readonly<Record<RedisVersion['name'], RegExp>> = { '6.2': /v=6\.2\./, '7': /v=7\./ };

/**
 * The oldest Redis that the system works on and a newer one, for tests that run on both: from the PATH, Maven Central or
 * the machine's package mirrors. Fetched once into the cache. Never rejects.
 */
export async function redisVersions(environment: NodeJS.ProcessEnv = process.env): Promise<RedisVersion[]> {
  const run = await openRun();
  try {
    return await Promise.all([
      find(run, environment, '6.2', [fromPath, fromMaven]),
      find(run, environment, '7', [fromPath, fetchDebianRedis]),
    ]);
  } finally {
    await run.close();
  }
}

async function find(
  run: Run,
  environment: NodeJS.ProcessEnv,
  name: RedisVersion['name'],
  sources: readonly Source[],
): Promise<RedisVersion> {
  let missing = `none of version ${name} was found`;
  for (const source of sources) {
    try {
      const executable = await source(run, environment);
      if (executable === undefined) continue;
      const { stdout } = await promisify(execFile)(executable, ['--version']);
      if (isVersion[name].test(stdout)) return { name, executable };
      missing = `there is another version only: ${stdout.slice(0, 40).trim()}`;
    } catch (error) {
      missing = reasonOf(error);
    }
  }
  return { name, missing };
}
