import { dirname } from 'node:path';
import type { Progress } from '../progress.ts';
import type { Run } from '../run/run.ts';
import { findExecutable } from './executable.ts';
import { fetchJava } from './fetched-java.ts';
import { findJava } from './java.ts';

const OLDEST_FOR_MAVEN = 8;

/**
 * The environment in which Maven finds a Java. The machine's default is left to it, since that knows the machine's
 * certificates; only where there is none it gets one that we find or fetch.
 */
export async function mavenEnvironment(
  run: Run,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  const hasDefault = environment['JAVA_HOME'] || (await findExecutable('java', environment));
  if (hasDefault) return environment;
  const found = await findJava(OLDEST_FOR_MAVEN, environment);
  const executable = found?.executable ?? (await fetchJava(run, progress, environment, OLDEST_FOR_MAVEN));
  return { ...environment, JAVA_HOME: dirname(dirname(executable)) };
}
