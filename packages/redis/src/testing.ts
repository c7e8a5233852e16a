import { afterAll, beforeAll } from 'vitest';
import type { RedisConnection } from './connection.ts';
import { type OpenRedisOptions, quietRedis, untilReady } from './open-redis.ts';

/** For the tests of a file, or of a `describe`: a connection that is ready before the first and closed after the last. */
export const useRedis = (
  url: string,
  options: Omit<OpenRedisOptions, 'patienceMs'> = {},
): RedisConnection => {
  const redis = quietRedis(url, options);
  beforeAll(() => untilReady(redis, url));
  afterAll(() => redis.close());
  return redis;
};
