import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { runTool } from '../run/tool.ts';
import { cached, cacheFolder } from './cache.ts';

const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'];

// Offline this is what a run waits for, once a file that asks.
const IMPATIENT = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10'];

/**
 * The Redis of this Debian or Ubuntu release, from the machine's own package mirrors into the cache: nothing is
 * installed, nothing of the machine's package lists is changed, and no root is needed. Rejects with a LaunchError that
 * says why there is none.
 */
export async function fetchDebianRedis(run: Run, environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = await cached(run, cacheFolder(environment), 'redis-debian', (draft) =>
    unpack(run, environment, draft),
  );
  return join(folder, 'redis-server');
}

async function unpack(run: Run, environment: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const packages = join(folder, 'packages');
  for (const place of ['lists/partial', 'archives/partial']) {
    await mkdir(join(packages, place), { recursive: true });
  }
  const call = async (command: string, ...parameters: readonly string[]): Promise<void> => {
    const { exitCode, output } = await runTool(run, command, parameters, { cwd: packages, environment });
    if (exitCode === 0) return;
    throw new LaunchError(`${command} could not get a Redis: ${lastLines(output, 1).trim()}`);
  };
  const own = [
    '-q',
    '-o',
    `Dir::State::Lists=${packages}/lists`,
    '-o',
    `Dir::Cache=${packages}`,
    ...IMPATIENT,
  ];
  await call('apt-get', ...own, 'update');
  await call('apt-get', ...own, 'download', ...PACKAGES);
  await call('sh', '-c', 'for package in *.deb; do dpkg -x "$package" ..; done');
  await writeFile(join(folder, 'redis-server'), STARTER, { mode: 0o755 });
  await call(join(folder, 'redis-server'), '--version');
  await rm(packages, { recursive: true });
}

/** Becomes the server, with the libraries that lie beside it; it finds them wherever the folder is moved to. */
const STARTER = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
for libraries in "$here"/usr/lib/*-linux-gnu*; do
  LD_LIBRARY_PATH=$libraries\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
done
export LD_LIBRARY_PATH
exec "$here/usr/bin/redis-server" "$@"
`;
