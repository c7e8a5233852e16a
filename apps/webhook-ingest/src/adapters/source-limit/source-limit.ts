import type { SourceLimit } from '../../ports.ts';
import type { SharedTokens, TokenRate } from './shared-tokens.ts';
import { createTokenSupply } from './token-supply.ts';

export type SourceLimitOptions = {
  readonly tokens: SharedTokens;
  readonly rate: TokenRate;
  /** Highest number of copies: each gives out its share while the shared tokens are out of reach. */
  readonly copies: number;
  /** Hears when they begin to be out of reach. */
  readonly onOutOfReach: () => void;
};

// A delivery waits for that many answers that do not come in time, and for any number that do: one until it shows that
// they are late, one until the copy's share has something to charge, two until that may be used.
const maxLateAsks = 4;

/**
 * A token bucket that all copies share, asked for many tokens at a time: a request that finds some left in this process
 * costs nothing. While the bucket is out of reach, the copy gives out its own share (docs/adr/0013).
 */
export const createSourceLimit = (options: SourceLimitOptions): SourceLimit => {
  const supply = createTokenSupply(options);
  return {
    take: async () => {
      for (let lateAsks = 0; !supply.take(); ) {
        const waitMs = supply.refusesForMs();
        if (waitMs > 0 || lateAsks === maxLateAsks)
          return { allowed: false, retryAfterMs: Math.max(1, waitMs) };
        if ((await supply.refill()) === 'late') lateAsks += 1;
      }
      return { allowed: true };
    },
  };
};
