import { afterAll, beforeAll } from 'vitest';
import { createRedis, type RedisConnection } from './connection.ts';
import { type OpenRedisOptions, untilReady } from './open-redis.ts';

const silent = { info: () => undefined, warn: () => undefined };

/** For the tests of a file, or of a `describe`: a connection that is ready before the first and closed after the last. */
export const useRedis = (
  url: string,
  options: Omit<OpenRedisOptions, 'patienceMs'> = {},
): RedisConnection => {
  const redis = createRedis({ url, clientName: 'test', logger: silent, ...options });
  beforeAll(() => untilReady(redis, url));
  afterAll(() => redis.close());
  return redis;
};
