import { openRedis, type RedisConnection } from '@contact-sync/redis';

/** How fast a look at a server is, is no test's matter. */
const PATIENCE_MS = 30_000;

/** Asks a system's Redis behind the services' backs. */
export const withRedis = async <T>(url: string, ask: (redis: RedisConnection) => Promise<T>): Promise<T> => {
  const redis = await openRedis(url, { commandTimeoutMs: PATIENCE_MS });
  try {
    return await ask(redis);
  } finally {
    await redis.close();
  }
};

/** Removes what matches the patterns, as a loss of data would. */
export const deleteKeys = (url: string, patterns: readonly string[]): Promise<void> =>
  withRedis(url, async (redis) => {
    for (const pattern of patterns) {
      const keys = await redis.use((client) => client.keys(pattern));
      if (keys.length > 0) await redis.use((client) => client.del(...keys));
    }
  });
