import { createKeys, type RedisConnection } from '@contact-sync/redis';
import type { SeenEvents } from '../ports.ts';

export type SeenEventsOptions = {
  readonly redis: RedisConnection;
  readonly windowSeconds: number;
  /** Hears of each look-up or entry that did not work. */
  readonly onUnknown: () => void;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

/** The dedupe window in Redis. Trouble there means "unknown: publish" (design rule 1), and never an error. */
export const createRedisSeenEvents = (options: SeenEventsOptions): SeenEvents => {
  const { redis, windowSeconds, onUnknown } = options;
  const keys = createKeys('ingest', { ...(options.prefix !== undefined && { prefix: options.prefix }) });
  const keyOf = (key: string) => keys.key('seen', key);
  return {
    known: async (wanted) => {
      try {
        const found = await redis.use((client) => client.mget(...wanted.map(keyOf)));
        return new Set(wanted.filter((_, index) => found[index] !== null));
      } catch {
        onUnknown();
        return new Set();
      }
    },
    remember: async (durable) => {
      if (durable.length === 0) return;
      try {
        await redis.pipeline((pipeline) => {
          for (const key of durable) pipeline.set(keyOf(key), '1', 'EX', windowSeconds);
        });
      } catch {
        onUnknown();
      }
    },
  };
};
