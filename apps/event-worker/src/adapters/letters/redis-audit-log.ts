import { createKeys, type RedisConnection, shards } from '@contact-sync/redis';
import type { AuditEntry, AuditLog } from '../../letters/audit-log.ts';

const kept = 1_000;

/** The last 1,000 entries, in a list of Redis. */
export const createRedisAuditLog = (options: {
  readonly redis: RedisConnection;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): AuditLog => {
  const { redis, prefix = '' } = options;
  const key = createKeys('worker', { prefix }).inShard(shards[0] ?? 0, 'letter-audit');
  return {
    add: async (entry) => {
      await redis.pipeline((pipeline) => {
        pipeline.lpush(key, JSON.stringify(entry)).ltrim(key, 0, kept - 1);
      });
    },
    last: async (limit) => {
      const texts = await redis.use((client) => client.lrange(key, 0, limit - 1));
      return texts.map((text) => JSON.parse(text) as AuditEntry);
    },
  };
};
