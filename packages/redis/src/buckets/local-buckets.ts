import { LRUCache } from 'lru-cache';
import type { Buckets } from './buckets.ts';

const MAX_BUCKETS = 50_000;

/** Token buckets of this process alone, bounded in number; the longest unused is forgotten first. */
export const createLocalBuckets = (clock: () => number = performance.now.bind(performance)): Buckets => {
  const buckets = new LRUCache<string, { readonly tokens: number; readonly at: number }>({
    max: MAX_BUCKETS,
  });
  return {
    take: async (name, { capacity, refillMs }, cost = 1) => {
      const wanted = Math.min(cost, capacity);
      const now = clock();
      const stored = buckets.get(name) ?? { tokens: capacity, at: now };
      const filled = Math.min(capacity, stored.tokens + ((now - stored.at) * capacity) / refillMs);
      const taken = filled >= wanted;
      const tokens = taken ? filled - wanted : filled;
      buckets.set(name, { tokens, at: now });
      const untilNextMs = Math.ceil((Math.max(0, wanted - tokens) * refillMs) / capacity);
      return { taken, left: Math.floor(tokens), untilNextMs };
    },
  };
};
