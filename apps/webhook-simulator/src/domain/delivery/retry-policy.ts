/** AcmeCRM's patience with one delivery. */
export const retryPolicy = { maxAttempts: 12, giveUpAfterMs: 60_000, longestPauseMs: 15_000 } as const;

const FIRST_PAUSE_MS = 250;

/** Whether the same delivery is worth another attempt: limits, our faults and silence, but no refusal. */
export const isRetryable = (status: number): boolean => status === 429 || status >= 500;

/**
 * How long AcmeCRM waits before attempt `next` (2 and up), in ms: what Retry-After asks for, else exponential with full
 * jitter from `random` in [0, 1).
 */
export const pauseBefore = (next: number, retryAfterMs: number | undefined, random: number): number => {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, retryPolicy.longestPauseMs);
  return random * Math.min(FIRST_PAUSE_MS * 2 ** (next - 1), retryPolicy.longestPauseMs);
};
