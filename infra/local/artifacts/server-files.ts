import { createHash } from 'node:crypto';
import { chmod, copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LaunchError } from '../launch-error.ts';
import type { Progress } from '../progress.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { runTool } from '../run/tool.ts';
import { cached, cacheFolder } from './cache.ts';
import { findExecutable } from './executable.ts';
import { WAYS_TO_GET_SERVERS } from './remedy.ts';

const POM = fileURLToPath(new URL('../pom.xml', import.meta.url));

/**
 * The folder with what pom.xml names: `kafka/*.jar`, `registry/quarkus-run.jar`, `redis/redis-server-*`. Fetched with
 * Maven at the first call on a machine, and again only when the pom changes.
 */
export async function fetchServerFiles(
  run: Run,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const fingerprint = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12);
  return cached(run, cacheFolder(environment), `infra-${fingerprint}`, (folder) =>
    progress.step('Fetching Kafka, registry and Redis with Maven (once)', async (detail) => {
      await fetchWithMaven(run, folder, environment, detail);
      await tidy(folder);
    }),
  );
}

async function fetchWithMaven(
  run: Run,
  folder: string,
  environment: NodeJS.ProcessEnv,
  detail: (text: string) => void,
): Promise<void> {
  const maven = await findExecutable('mvn', environment);
  if (maven === undefined) {
    throw new LaunchError('The local servers cannot be fetched: there is no Maven (mvn) on the PATH.', {
      remedy: WAYS_TO_GET_SERVERS,
    });
  }
  await copyFile(POM, join(folder, 'pom.xml'));
  let files = 0;
  const onLine = (line: string) => {
    if (!line.includes('Downloaded from')) return;
    files += 1;
    detail(`${files} files`);
  };
  const build = () => runTool(run, maven, ['-B', 'package'], { cwd: folder, environment, onLine });
  let result = await build();
  // A mirror that stumbles once should not cost a newcomer the first start.
  if (result.exitCode !== 0) result = await build();
  if (result.exitCode === 0) return;
  const errors = result.output.split('\n').filter((line) => line.includes('ERROR'));
  const reason = lastLines(errors.length > 0 ? errors.slice(0, 6).join('\n') : result.output, 6);
  throw new LaunchError(`Maven could not fetch the local servers:\n${reason}`, {
    remedy: `Check the network and Maven's settings, or take another way.\n${WAYS_TO_GET_SERVERS}`,
  });
}

async function tidy(folder: string): Promise<void> {
  await rm(join(folder, 'target'), { recursive: true, force: true });
  const redis = join(folder, 'redis');
  for (const name of await readdir(redis)) await chmod(join(redis, name), 0o755);
}
