import { createKeys, createRedisBuckets, type RedisConnection } from '@contact-sync/redis';
import type { AcmeTurns } from '../../acme/acme-api.ts';

export type RedisAcmeTurnsOptions = {
  readonly redis: RedisConnection;
  /** Whose turns they are: each name has a rate of its own, and all are left alone together. */
  readonly name: string;
  /** Over all copies. */
  readonly perSecond: number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const secondMs = 1_000;

/** A token bucket in Redis, so that all copies together keep to the rate, and the time until AcmeCRM may be asked again. */
export const createRedisAcmeTurns = (options: RedisAcmeTurnsOptions): AcmeTurns => {
  const { redis, name, perSecond, prefix = '' } = options;
  const keys = createKeys('ratelimit:acme', { prefix });
  const aloneKey = keys.key('alone');
  const buckets = createRedisBuckets(redis, keys);
  const size = { capacity: perSecond, refillMs: secondMs };
  return {
    take: async () => {
      const aloneMs = await redis.use((client) => client.pttl(aloneKey));
      if (aloneMs > 0) return { taken: false, waitMs: aloneMs, told: true };
      const { taken, untilNextMs } = await buckets.take(name, size);
      return taken ? { taken } : { taken, waitMs: Math.max(1, untilNextMs), told: false };
    },
    leaveAlone: async (ms) => {
      await redis.use((client) => client.set(aloneKey, '1', 'PX', Math.ceil(ms)));
    },
  };
};
