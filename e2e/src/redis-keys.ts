import { createRedis } from '@contact-sync/redis';

const silent = { info: () => undefined, warn: () => undefined };

/** Removes what matches the patterns, as a loss of data would. */
export const deleteKeys = async (url: string, patterns: readonly string[]): Promise<void> => {
  const redis = createRedis({ url, clientName: 'e2e', logger: silent });
  redis.connect();
  await redis.waitUntilReady(10_000);
  for (const pattern of patterns) {
    const keys = await redis.use((client) => client.keys(pattern));
    if (keys.length > 0) await redis.use((client) => client.del(...keys));
  }
  await redis.close();
};
