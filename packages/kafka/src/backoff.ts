export type BackoffOptions = { readonly firstMs: number; readonly maxMs: number };

/** The wait before attempt `attempt` (from 1): doubling from the first to the largest, less up to a quarter at random. */
export const backoffMs = (attempt: number, { firstMs, maxMs }: BackoffOptions): number => {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (1 - Math.random() / 4));
};
