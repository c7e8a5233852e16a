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
import { mavenEnvironment } from './maven-environment.ts';
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
  return cached(run, cacheFolder(environment), `infra-${fingerprint}`, async (folder) => {
    const maven = await findExecutable('mvn', environment);
    if (maven === undefined) {
      throw new LaunchError('The local servers cannot be fetched: there is no Maven (mvn) on the PATH.', {
        remedy: WAYS_TO_GET_SERVERS,
      });
    }
    const withJava = await mavenEnvironment(run, progress, environment);
    await progress.step('Fetching Kafka, registry and Redis with Maven (once)', (detail) =>
      fetchWithMaven(run, maven, folder, withJava, detail),
    );
  });
}

async function fetchWithMaven(
  run: Run,
  maven: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  detail: (text: string) => void,
): Promise<void> {
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
  if (result.exitCode !== 0) {
    throw new LaunchError(`Maven could not fetch the local servers:\n${reasonIn(result.output)}`, {
      remedy: `Check the network and Maven's settings, or take another way.\n${WAYS_TO_GET_SERVERS}`,
    });
  }
  await tidy(folder);
}

/** What Maven says went wrong, without its advice on how to run Maven; else the end of all that it said. */
function reasonIn(output: string): string {
  const errors = output
    .split('\n')
    .filter(
      (line) =>
        /^\[ERROR\] \S/.test(line) &&
        !/To see the full|Re-run Maven|For more inf|\[Help \d\] http/.test(line),
    );
  return lastLines(errors.length > 0 ? errors.join('\n') : output, 6);
}

async function tidy(folder: string): Promise<void> {
  await rm(join(folder, 'target'), { recursive: true, force: true });
  const redis = join(folder, 'redis');
  for (const name of await readdir(redis)) await chmod(join(redis, name), 0o755);
}
