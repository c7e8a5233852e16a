import { createKeys, type RedisConnection, shards } from '@contact-sync/redis';
import type { MetRecords, SweepMarks } from '../../sweep/ports.ts';

type Options = {
  readonly redis: RedisConnection;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const keysOf = ({ prefix = '' }: Options) => {
  const keys = createKeys('worker', { prefix });
  const key = (...parts: string[]) => keys.inShard(shards[0] ?? 0, 'sweep', ...parts);
  return {
    mark: key('mark'),
    met: (id: string) => key('met', id),
    claims: (id: string) => key('claims', id),
  };
};

/** The mark of sweeps, in Redis. */
export const createRedisSweepMarks = (options: Options): SweepMarks => {
  const { mark } = keysOf(options);
  return {
    read: async () => (await options.redis.use((client) => client.get(mark))) ?? undefined,
    write: async (time) => {
      await options.redis.use((client) => client.set(mark, time));
    },
  };
};

/** A sweep that nobody goes on with leaves its records for no longer. */
const keptSeconds = 86_400;

/** Records that a sweep has met, as a set in Redis, and those that it has claimed, as a hash with their pages. */
export const createRedisMetRecords = (options: Options): MetRecords => {
  const { met, claims } = keysOf(options);
  const { redis } = options;
  return {
    add: async (id, acmeIds) => {
      if (acmeIds.length === 0) return;
      await redis.pipeline((pipeline) => {
        pipeline.sadd(met(id), ...acmeIds).expire(met(id), keptSeconds);
      });
    },
    without: async (id, acmeIds) => {
      if (acmeIds.length === 0) return [];
      const isMet = await redis.pipeline((pipeline) => {
        for (const acmeId of acmeIds) pipeline.sismember(met(id), acmeId);
      });
      return acmeIds.filter((_, index) => isMet[index] !== 1);
    },
    claim: async (id, page, acmeIds) => {
      if (acmeIds.length === 0) return [];
      const replies = await redis.pipeline((pipeline) => {
        for (const acmeId of acmeIds) pipeline.hsetnx(claims(id), acmeId, page);
        pipeline.hmget(claims(id), ...acmeIds).expire(claims(id), keptSeconds);
      });
      const pages = replies[acmeIds.length] as readonly (string | null)[];
      return acmeIds.filter((_, index) => pages[index] === page);
    },
    forget: async (id) => {
      await redis.use((client) => client.unlink(met(id), claims(id)));
    },
  };
};
