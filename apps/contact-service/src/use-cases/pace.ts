/** Waits for its turn; `count` is how much was done since the turn before. */
export type Pace = (count: number) => Promise<void>;

/** Keeps to a rate. Time that was lost is not made up for, so no burst follows a pause. */
export const createPace = (options: {
  readonly perSecond: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}): Pace => {
  const { perSecond, now, pause } = options;
  let due = now();
  return async (count) => {
    due = Math.max(due + (count * 1_000) / perSecond, now());
    const waitMs = due - now();
    if (waitMs > 0) await pause(waitMs);
  };
};
