export type BackoffOptions = {
  /** Upper bound of the first delay. */
  readonly baseMs: number;
  /** Upper bound of every delay. */
  readonly capMs: number;
  /** A connection that lived at least this long starts the next outage from the first delay again. */
  readonly stableMs: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
};

export type Backoff = {
  /** The connection is up. */
  succeeded(): void;
  /** Milliseconds to wait before the next attempt. */
  nextDelayMs(): number;
};

/** Two copies that lost the same server must not come back in step, hence a floor instead of 0 and the jitter. */
const floorMs = 10;

/**
 * Exponential delays with full jitter: uniform below `baseMs * 2^n`, capped. A connection that breaks soon after it came
 * up counts as a further failure, so that a server which accepts and then drops is not stormed.
 */
export const createBackoff = ({ baseMs, capMs, stableMs, random, now }: BackoffOptions): Backoff => {
  let failures = 0;
  let upSince: number | undefined;
  return {
    succeeded() {
      upSince = now();
    },
    nextDelayMs() {
      if (upSince !== undefined && now() - upSince >= stableMs) failures = 0;
      upSince = undefined;
      const ceiling = Math.min(capMs, baseMs * 2 ** failures);
      failures = Math.min(failures + 1, 30);
      return Math.max(floorMs, Math.round(random() * ceiling));
    },
  };
};
