import { openRedis, type RedisConnection } from '@contact-sync/redis';
import type { Servers } from './servers.ts';

/** What is in Redis, by key; hashes and strings as one text each. */
export type Keyspace = ReadonlyMap<string, string>;

/** A look into the file's own Redis, past its proxy. */
export const connectRedis = ({ redisUrl }: Servers): Promise<RedisConnection> => openRedis(redisUrl);

const textOf = (redis: RedisConnection, key: string): Promise<string> =>
  redis.use(async (client) =>
    (await client.type(key)) === 'hash'
      ? JSON.stringify(await client.hgetall(key))
      : String(await client.get(key)),
  );

export const readKeyspace = async (redis: RedisConnection): Promise<Keyspace> => {
  const keys = await redis.use((client) => client.keys('*'));
  return new Map(
    await Promise.all(keys.map(async (key): Promise<[string, string]> => [key, await textOf(redis, key)])),
  );
};

/** Lets the window of every event end now. */
export const endWindows = async (redis: RedisConnection): Promise<void> => {
  const keys = await redis.use((client) => client.keys('ingest:*'));
  for (const key of keys) await redis.use((client) => client.pexpire(key, 0));
};
