import { type Access, connectAccess } from '@contact-sync/access';
import type { Buckets } from '@contact-sync/redis';
import { createKeys, createRedis, createRedisBuckets } from '@contact-sync/redis';
import { type Connected, redisMetrics, type ServiceContext } from '@contact-sync/service-kit';
import type { Config } from './config.ts';

/** What the app works with. */
export type Dependencies = Access & {
  readonly buckets: Buckets;
};

/** A limit must not cost more than what it protects: a slow answer counts as none. */
const LIMIT_TIMEOUT_MS = 500;

/** Connects to Redis without waiting for it: without it the gateway limits by its own share and stays ready. */
export const connectDependencies = async (
  config: Config,
  context: ServiceContext,
): Promise<Dependencies & Connected> => {
  const told = redisMetrics(context.metrics);
  const redis = told.watch(
    createRedis({
      url: config.REDIS_RATELIMIT_URL ?? config.REDIS_URL,
      clientName: 'gateway-api',
      logger: context.logger,
      commandTimeoutMs: LIMIT_TIMEOUT_MS,
      onCall: told.onCall,
    }),
  );
  const access = connectAccess(config, context);
  redis.connect();
  return {
    keys: access.keys,
    revocations: access.revocations,
    buckets: createRedisBuckets(redis, createKeys('ratelimit:gateway')),
    checks: { access: { gate: 'startup', check: access.ready } },
    close: async () => {
      await access.close();
      await redis.close();
    },
  };
};
