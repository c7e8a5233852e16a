/** AcmeCRM's patience with one delivery, where the delivery does not have its own, in ms. */
export const PATIENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 15_000;
const FIRST_PAUSE_MS = 250;

const asksForAnother: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether the same delivery is worth another attempt: limits, our faults and silence, but no refusal. */
export const isRetryable = (status: number): boolean => asksForAnother.has(status) || status >= 500;

/**
 * How long AcmeCRM waits before attempt `next` (2 and up), in ms: what Retry-After asks for, else exponential with full
 * jitter from `random` in [0, 1).
 */
export const pauseBefore = (next: number, retryAfterMs: number | undefined, random: number): number => {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, LONGEST_PAUSE_MS);
  return random * Math.min(FIRST_PAUSE_MS * 2 ** (next - 1), LONGEST_PAUSE_MS);
};
