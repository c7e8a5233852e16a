import { chunksOf } from '@contact-sync/domain';
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

/** Asked for all at once, the last of some thousand would wait for longer than a command may on a slow machine. */
const KEYS_AT_ONCE = 50;

/** Every key of a server with its value, as one text. For small servers of tests. */
export const everythingIn = async (redis: RedisConnection): Promise<string> => {
  const keys = (await redis.use((client) => client.keys('*'))).sort();
  const lines: string[] = [];
  for (const some of chunksOf(keys, KEYS_AT_ONCE)) {
    const values = await Promise.all(some.map((key) => valueAt(redis, key)));
    lines.push(...some.map((key, place) => `${key} ${JSON.stringify(values[place])}`));
  }
  return lines.join('\n');
};
