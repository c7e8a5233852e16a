import type { Buckets } from '@contact-sync/redis';
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';

/**
 * Token buckets as @fastify/rate-limit wants its store: `current` above the limit means refused, `ttl` is when to come
 * again. Its contract is a class, so the buckets are held by this closure.
 */
export const bucketStore = (buckets: Buckets): FastifyRateLimitStoreCtor =>
  class BucketStore implements FastifyRateLimitStore {
    incr: FastifyRateLimitStore['incr'] = (key, callback, timeWindow, max) => {
      buckets.take(key, { capacity: max, refillMs: timeWindow }).then(
        ({ taken, left, untilNextMs }) =>
          callback(null, { current: taken ? max - left : max + 1, ttl: untilNextMs }),
        (error: Error) => callback(error),
      );
    };

    child(): FastifyRateLimitStore {
      return this;
    }
  };
