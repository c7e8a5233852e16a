import type { RedisConnection } from '@contact-sync/redis';

const valueAt = (redis: RedisConnection, key: string): Promise<unknown> =>
  redis.use(async (client) => {
    switch (await client.type(key)) {
      case 'string':
        return client.get(key);
      case 'hash':
        return client.hgetall(key);
      case 'list':
        return client.lrange(key, 0, -1);
      case 'set':
        return (await client.smembers(key)).sort();
      case 'zset':
        return client.zrange(key, '0', '-1', 'WITHSCORES');
      default:
        return client.xrange(key, '-', '+');
    }
  });

/** Every key of a server with its value, as one text. For small servers of a test's own. */
export const everythingIn = async (redis: RedisConnection): Promise<string> => {
  const keys = (await redis.use((client) => client.keys('*'))).sort();
  const values = await Promise.all(keys.map((key) => valueAt(redis, key)));
  return keys.map((key, index) => `${key} ${JSON.stringify(values[index])}`).join('\n');
};
