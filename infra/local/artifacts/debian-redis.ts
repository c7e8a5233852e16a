import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { runTool } from '../run/tool.ts';
import { cached, cacheFolder } from './cache.ts';
import { unpackDebianPackages } from './debian-packages.ts';

const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'];

/**
 * The Redis of this Debian or Ubuntu release, in the cache. Rejects with a LaunchError that says why there is none.
 */
export async function fetchDebianRedis(run: Run, environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = await cached(run, cacheFolder(environment), 'redis-debian', (draft) =>
    unpack(run, environment, draft),
  );
  return join(folder, 'redis-server');
}

async function unpack(run: Run, environment: NodeJS.ProcessEnv, folder: string): Promise<void> {
  await unpackDebianPackages(run, environment, folder, { what: 'a Redis', packages: PACKAGES });
  const starter = join(folder, 'redis-server');
  await writeFile(starter, STARTER, { mode: 0o755 });
  const { exitCode, output } = await runTool(run, starter, ['--version'], { environment });
  if (exitCode !== 0) throw new LaunchError(`the Redis does not start: ${lastLines(output, 1).trim()}`);
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
