import type { AcmeTurns } from '../src/acme/acme-api.ts';

/** Turns without a bound for a test alone, until AcmeCRM wants to be left alone. */
export const memoryAcmeTurns = (): AcmeTurns & { readonly taken: () => number } => {
  let until = Number.NEGATIVE_INFINITY;
  let count = 0;
  return {
    taken: () => count,
    take: async () => {
      const waitMs = until - performance.now();
      if (waitMs > 0) return { taken: false, waitMs, told: true };
      count += 1;
      return { taken: true };
    },
    leaveAlone: async (ms) => {
      until = performance.now() + ms;
    },
  };
};
