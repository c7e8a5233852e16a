export type PacerOptions = {
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Waits for the turn of `count` at a rate. Time that was lost is not made up for, so no burst follows a pause. */
export const createPacer = ({ now, pause }: PacerOptions) => {
  let due = now();
  return async (count: number, perSecond: number, signal: AbortSignal): Promise<void> => {
    due = Math.max(due + (count * 1_000) / perSecond, now());
    const waitMs = due - now();
    if (waitMs > 0) await pause(waitMs, signal);
  };
};
