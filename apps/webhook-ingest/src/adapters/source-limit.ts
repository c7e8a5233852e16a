import type { Buckets } from '@contact-sync/redis';
import type { SourceLimit } from '../ports.ts';

export type SourceLimitOptions = {
  readonly buckets: Buckets;
  /** Name of the source, for its bucket. */
  readonly source: string;
  readonly perSecond: number;
  /** How many requests may come at once after a silence. */
  readonly burst: number;
};

// A hundredth of a second's worth: the limit is kept to one in a hundred, and Redis is asked a hundred times a second.
const chunksPerSecond = 100;

/**
 * A token bucket that all copies share, asked for many tokens at a time: a request that finds some left in this process
 * costs nothing. What a copy holds and does not use is at most a chunk.
 */
export const createSourceLimit = ({ buckets, source, perSecond, burst }: SourceLimitOptions): SourceLimit => {
  const chunk = Math.max(1, Math.floor(perSecond / chunksPerSecond));
  const capacity = Math.max(1, Math.floor(burst / chunk));
  const size = { capacity, refillMs: (capacity * chunk * 1_000) / perSecond };
  let left = 0;
  let refusedUntil = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const refill = async (): Promise<void> => {
    const { taken, untilNextMs } = await buckets.take(source, size);
    if (taken) left += chunk;
    else refusedUntil = performance.now() + untilNextMs;
  };

  return {
    take: async () => {
      while (left === 0) {
        const waitMs = refusedUntil - performance.now();
        if (waitMs > 0) return { allowed: false, retryAfterMs: Math.ceil(waitMs) };
        asking ??= refill().finally(() => {
          asking = undefined;
        });
        await asking;
      }
      left -= 1;
      return { allowed: true };
    },
  };
};
