import type { Buckets } from '@contact-sync/redis';
import type {
  FastifyRateLimitOptions,
  FastifyRateLimitStore,
  FastifyRateLimitStoreCtor,
} from '@fastify/rate-limit';

declare module '@fastify/rate-limit' {
  interface FastifyRateLimitOptions {
    /** Tokens that each request of a limiter takes; one by default. */
    cost?: number;
  }
}

/**
 * Token buckets as @fastify/rate-limit wants its store: `current` above the limit means refused, `ttl` is when to come
 * again. Its contract is a class, so the buckets are held by this closure.
 */
export const bucketStore = (buckets: Buckets): FastifyRateLimitStoreCtor =>
  class BucketStore implements FastifyRateLimitStore {
    readonly #cost: number;

    constructor({ cost = 1 }: FastifyRateLimitOptions) {
      this.#cost = cost;
    }

    incr: FastifyRateLimitStore['incr'] = (key, callback, timeWindow, max) => {
      buckets.take(key, { capacity: max, refillMs: timeWindow }, this.#cost).then(
        ({ taken, left, untilNextMs }) =>
          callback(null, { current: taken ? max - left : max + 1, ttl: untilNextMs }),
        (error: Error) => callback(error),
      );
    };

    child(options: object): FastifyRateLimitStore {
      return new BucketStore(options);
    }
  };
