import type { SharedTokens, TokenRate } from '../../src/adapters/source-limit/shared-tokens.ts';

/** Shared tokens in memory, by the clock of `performance`; each call of what it gives makes a further copy's view. */
export const createMemoryTokens = ({ burst, perSecond }: TokenRate): (() => SharedTokens) => {
  let tokens = burst;
  let at = performance.now();
  const settle = (owed: number) => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - at) * perSecond) / 1_000) - owed;
    at = now;
  };
  return () => {
    let taken = 0;
    return {
      draw: async ({ want, owed }) => {
        const from = Math.max(owed.from, taken);
        taken = Math.max(from, owed.to);
        settle(taken - from);
        const granted = tokens >= want;
        if (granted) tokens -= want;
        return { granted, untilNextMs: Math.ceil((Math.max(0, want - tokens) * 1_000) / perSecond) };
      },
    };
  };
};
