import { join } from 'node:path';
import { silentProgress } from '../progress.ts';
import { openRun, type Run } from '../run/run.ts';
import { cached, cacheFolder } from './cache.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { findExecutable } from './executable.ts';

/** The server, and the tool that checks and tests its rules. */
export interface Prometheus {
  readonly prometheus: string;
  readonly promtool: string;
}

/** Prometheus from the PATH, else that of this Debian or Ubuntu release, in the cache; nothing is installed. */
export async function findPrometheus(environment: NodeJS.ProcessEnv = process.env): Promise<Prometheus> {
  const [prometheus, promtool] = await Promise.all([
    findExecutable('prometheus', environment),
    findExecutable('promtool', environment),
  ]);
  if (prometheus !== undefined && promtool !== undefined) return { prometheus, promtool };
  const run = await openRun(silentProgress.note);
  try {
    return await fetchPrometheus(run, environment);
  } finally {
    await run.close();
  }
}

async function fetchPrometheus(run: Run, environment: NodeJS.ProcessEnv): Promise<Prometheus> {
  const folder = await cached(run, cacheFolder(environment), 'prometheus-debian', (draft) =>
    unpackDebianPackages(run, environment, draft, { what: 'a Prometheus', packages: ['prometheus'] }),
  );
  const binary = (name: string) => join(folder, 'usr', 'bin', name);
  return { prometheus: binary('prometheus'), promtool: binary('promtool') };
}
