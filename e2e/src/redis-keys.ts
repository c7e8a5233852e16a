import { createRedis, type RedisConnection } from '@contact-sync/redis';

const silent = { info: () => undefined, warn: () => undefined };

/** How fast a look at a server is, is no test's matter. */
const PATIENCE_MS = 30_000;

/** Asks a system's Redis behind the services' backs. */
export const withRedis = async <T>(url: string, ask: (redis: RedisConnection) => Promise<T>): Promise<T> => {
  const redis = createRedis({ url, clientName: 'e2e', logger: silent, commandTimeoutMs: PATIENCE_MS });
  redis.connect();
  try {
    await redis.waitUntilReady(10_000);
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
