import { consumerGroup } from '@contact-sync/kafka';
import { createRedisSet } from '@contact-sync/redis';
import { redisMetrics, type ServiceContext } from '@contact-sync/service-kit';
import { createRedisBrake } from '../adapters/redis-brake/redis-brake.ts';
import { createRedisFateStore } from '../adapters/redis-fates/redis-fate-store.ts';
import type { Config } from '../config.ts';

// A record waits for its fate to be kept, and is tried again by itself.
const redisTimeoutMs = 1_000;

/** What the copies know together. */
export const connectStore = (config: Config, { logger, metrics }: ServiceContext) => {
  const told = redisMetrics(metrics);
  const connections = createRedisSet({
    clientName: 'event-worker',
    logger,
    commandTimeoutMs: redisTimeoutMs,
    onCall: told.onCall,
  });
  const redis = told.watch(connections.at(config.REDIS_URL));
  const store = createRedisFateStore({
    redis,
    keptSeconds: config.FATES_KEPT_SECONDS,
    keptEvents: config.FATES_KEPT_EVENTS,
    now: Date.now,
  });
  const brake = createRedisBrake({ redis, groupId: consumerGroup, now: Date.now });
  const limits = connections.at(config.REDIS_RATELIMIT_URL ?? config.REDIS_URL);
  return { redis, limits, store, brake, close: connections.close };
};
