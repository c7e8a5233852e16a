import type { EffectiveDefinition } from '@contact-sync/field-mapper';
import { createKeys, type RedisConnection, shards } from '@contact-sync/redis';
import type { MappingArchive } from '../ports.ts';

/** Mappings by id, in one hash; they are few and never go. */
export const createRedisMappings = ({
  redis,
  prefix = '',
}: {
  readonly redis: RedisConnection;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): MappingArchive => {
  const key = createKeys('integration', { prefix }).inShard(shards[0] ?? 0, 'mappings');
  return {
    async keep({ id, definition }) {
      await redis.use((client) => client.hsetnx(key, id, JSON.stringify(definition)));
    },
    async find(id) {
      const text = await redis.use((client) => client.hget(key, id));
      return text === null ? null : (JSON.parse(text) as EffectiveDefinition);
    },
  };
};
