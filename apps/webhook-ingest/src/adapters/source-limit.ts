import type { Buckets } from '@contact-sync/redis';
import type { SourceLimit } from '../ports.ts';

export type SourceLimitOptions = {
  readonly buckets: Buckets;
  /** Name of the source, for its bucket. */
  readonly source: string;
  readonly perSecond: number;
  /** Deliveries that may come at once after a silence. */
  readonly burst: number;
};

/** A source's limit as a token bucket, one token a delivery. Throws only as the buckets do. */
export const createSourceLimit = ({ buckets, source, perSecond, burst }: SourceLimitOptions): SourceLimit => {
  const size = { capacity: burst, refillMs: (burst / perSecond) * 1_000 };
  return {
    take: async () => {
      const { taken, untilNextMs } = await buckets.take(source, size);
      return taken ? { allowed: true } : { allowed: false, retryAfterMs: Math.max(1, untilNextMs) };
    },
  };
};
