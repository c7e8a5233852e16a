import { accessSync, constants, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const architectures: Readonly<Partial<Record<NodeJS.Architecture, string>>> = { x64: 'amd64' };

/**
 * Where a Redis server lies on this machine: `REDIS_SERVER`, else one on the PATH, else the one that the launcher of
 * infra/local fetched; undefined where there is none, for instance where Redis runs in a container.
 */
export const redisServerExecutable = (environment: NodeJS.ProcessEnv = process.env): string | undefined => {
  const { REDIS_SERVER, PATH = '', CONTACT_SYNC_CACHE_DIR, XDG_CACHE_HOME } = environment;
  if (REDIS_SERVER) return REDIS_SERVER;
  const cache = CONTACT_SYNC_CACHE_DIR ?? join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'contact-sync');
  const architecture = architectures[process.arch] ?? process.arch;
  const fetched = globSync(`infra-*/redis/redis-server-*-${process.platform}-${architecture}`, {
    cwd: cache,
  });
  return [
    ...PATH.split(delimiter).map((folder) => join(folder, 'redis-server')),
    ...fetched.map((path) => join(cache, path)),
  ].find(isExecutable);
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
