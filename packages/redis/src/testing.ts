import { afterAll, beforeAll } from 'vitest';
import { createRedis, type RedisConnection, type RedisConnectionOptions } from './connection.ts';

const silent = { info: () => undefined, warn: () => undefined };

/** On a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;

const untilReady = async (redis: RedisConnection, url: string): Promise<void> => {
  redis.connect();
  if (await redis.waitUntilReady(PATIENCE_MS)) return;
  await redis.close();
  throw new Error(`no Redis answers at ${url}`);
};

/** For tests: a connection that is ready, to be closed by its owner. Rejects where no server answers in 30 s. */
export const openRedis = async (
  url: string,
  options: Partial<RedisConnectionOptions> = {},
): Promise<RedisConnection> => {
  const redis = createRedis({ url, clientName: 'test', logger: silent, ...options });
  await untilReady(redis, url);
  return redis;
};

/** For the tests of a file, or of a `describe`: a connection that is ready before the first and closed after the last. */
export const useRedis = (url: string, options: Partial<RedisConnectionOptions> = {}): RedisConnection => {
  const redis = createRedis({ url, clientName: 'test', logger: silent, ...options });
  beforeAll(() => untilReady(redis, url));
  afterAll(() => redis.close());
  return redis;
};
