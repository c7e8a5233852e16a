import { fetchedRedis, redisOnPath } from '../artifacts/redis-executable.ts';
import { fetchServerFiles } from '../artifacts/server-files.ts';
import { reasonOf } from '../launch-error.ts';
import type { Progress } from '../progress.ts';
import { openRun } from '../run/run.ts';

/**
 * Sees to it that tests which kill, freeze or fill a Redis of their own find one that can be started as a process, also
 * where the run's servers are containers or were given. Where none can be had it says so, and those tests are skipped.
 */
export async function provideRedis(environment: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
  if ((await redisOnPath(environment)) !== undefined) return;
  const run = await openRun(progress.note);
  try {
    await fetchedRedis(await fetchServerFiles(run, progress, environment));
  } catch (error) {
    progress.note(`No redis-server for tests that need one of their own: ${reasonOf(error)}`);
  } finally {
    await run.close();
  }
}
