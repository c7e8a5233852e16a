import type { Keys, RedisConnection } from '@contact-sync/redis';
import type { TokenRecords } from '../ports.ts';

/** One hash a token, under its id, gone when the token is. */
export const createRedisTokenRecords = (redis: RedisConnection, keys: Keys): TokenRecords => ({
  record: async ({ jti, sid, sub, aud, client_id, iat, exp }) => {
    const key = keys.key('token', jti);
    const kind = client_id === undefined ? 'user' : 'machine';
    await redis.transaction((transaction) => {
      transaction.hset(key, { kind, sub, sid, aud, iat, exp }).expireat(key, exp);
    });
  },
});
