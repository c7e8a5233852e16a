import type { RedisLogger } from '../logger.ts';
import type { BucketSize, BucketState, Buckets } from './buckets.ts';

export type FallbackOptions = {
  /** Highest number of copies that share the limits. */
  readonly copies: number;
  /** Hears one line when an outage begins and one when it ends. */
  readonly logger: RedisLogger;
  /** Milliseconds. */
  readonly clock?: () => number;
};

/** How long the shared buckets are left alone after they failed, in milliseconds. */
const REST_MS = 1_000;

type Take = Parameters<Buckets['take']>;
type Outage = { readonly since: number; probeAt: number };

/**
 * The shared buckets, and while they fail the local ones with this copy's share of each limit: never open, never an
 * error (reliability 31). During an outage nobody waits for the shared buckets: one take a second asks them beside its
 * answer, and the first that is answered ends the outage.
 */
export const withFallback = (
  shared: Buckets,
  local: Buckets,
  { copies, logger, clock = performance.now.bind(performance) }: FallbackOptions,
): Buckets => {
  let outage: Outage | undefined;
  const shareOf = ({ capacity, refillMs }: BucketSize): BucketSize => {
    const share = Math.max(1, Math.floor(capacity / copies));
    // One token is the least a bucket can hold, so a share below one is had by refilling it more slowly.
    return { capacity: share, refillMs: refillMs * Math.max(1, copies / capacity) };
  };

  const ask = async (take: Take, own: BucketState): Promise<BucketState> => {
    try {
      return await shared.take(...take);
    } catch (error) {
      // Those that were under way together fail together.
      if (!outage) logger.warn({ err: error }, 'limits are kept by this copy alone for now');
      outage ??= { since: clock(), probeAt: clock() + REST_MS };
      return own;
    }
  };

  const probe = async (current: Outage, take: Take): Promise<void> => {
    current.probeAt = Number.POSITIVE_INFINITY;
    try {
      await shared.take(...take);
      outage = undefined;
      logger.info({ awayMs: Math.round(clock() - current.since) }, 'limits are shared by all copies again');
    } catch {
      current.probeAt = clock() + REST_MS;
    }
  };

  return {
    take: async (...take) => {
      const [name, size, cost] = take;
      // Counted here in any case, so that a copy whose share is used up does not begin anew when it is left alone.
      const own = await local.take(name, shareOf(size), cost);
      if (!outage) return ask(take, own);
      if (clock() >= outage.probeAt) void probe(outage, take);
      return own;
    },
  };
};
