import { createKeys, type RedisConnection, shards } from '@contact-sync/redis';
import type { RemapTally } from '../../domain/remap-tally.ts';
import type { RemapJournal } from '../../ports.ts';

/** A run that nobody has gone on with by then is begun anew, which costs time only. */
const keptSeconds = 7 * 86_400;

/** Positions of remaps in Redis, one hash a mapping. */
export const createRedisRemapJournal = (options: {
  readonly redis: RedisConnection;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): RemapJournal => {
  const { redis, prefix = '' } = options;
  const keys = createKeys('integration', { prefix });
  const keyOf = (mappingId: string) => keys.inShard(shards[0] ?? 0, 'remap', mappingId);
  return {
    read: async (mappingId) => {
      const { position, tally } = await redis.use((client) => client.hgetall(keyOf(mappingId)));
      if (position === undefined || tally === undefined) return null;
      return { position, tally: JSON.parse(tally) as RemapTally };
    },
    keep: async (mappingId, { position, tally }) => {
      const key = keyOf(mappingId);
      await redis.pipeline((pipeline) => {
        pipeline.hset(key, { position, tally: JSON.stringify(tally) }).expire(key, keptSeconds);
      });
    },
    forget: async (mappingId) => {
      await redis.use((client) => client.del(keyOf(mappingId)));
    },
  };
};
