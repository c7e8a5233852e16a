import type { RedisLogger } from '../logger.ts';
import type { BucketSize, Buckets } from './buckets.ts';

/** How long the shared buckets are left alone after they failed, in milliseconds. */
const REST_MS = 1_000;

/**
 * The shared buckets, and while they fail the local ones with this copy's share of each limit: never open, never an
 * error (reliability 31).
 */
export const withFallback = (
  shared: Buckets,
  local: Buckets,
  { copies, logger }: { readonly copies: number; readonly logger: Pick<RedisLogger, 'warn'> },
): Buckets => {
  let restUntil = Number.NEGATIVE_INFINITY;
  const shareOf = ({ capacity, refillMs }: BucketSize): BucketSize => {
    const share = Math.max(1, Math.floor(capacity / copies));
    // One token is the least a bucket can hold, so a share below one is had by refilling it more slowly.
    return { capacity: share, refillMs: refillMs * Math.max(1, copies / capacity) };
  };
  return {
    take: async (name, size) => {
      // Counted here in any case, so that a copy whose share is used up does not begin anew when it is left alone.
      const own = await local.take(name, shareOf(size));
      if (performance.now() < restUntil) return own;
      try {
        return await shared.take(name, size);
      } catch (error) {
        restUntil = performance.now() + REST_MS;
        logger.warn({ err: error }, 'limits are kept by this copy alone for now');
        return own;
      }
    },
  };
};
