import { AppError } from '@contact-sync/domain';

/** Leaves a service alone that does not answer. */
export type CircuitBreaker = {
  /**
   * Runs the task, unless the service is left alone for now. Throws what the task throws.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE at once while it is left alone.
   */
  readonly run: <Result>(task: () => Promise<Result>) => Promise<Result>;
  readonly state: () => BreakerState;
};

export type BreakerState = {
  /** Whether the service is left alone, until a probe finds it well. */
  readonly isOpen: boolean;
  /** Times that it was opened, by probes that failed too. */
  readonly openings: number;
};

export type BreakerOptions = {
  /** Failures in a row after which it opens. */
  readonly failures: number;
  /** How long it stays open before one task may try again, in milliseconds. */
  readonly openMs: number;
  /**
   * Whether an error that came after so many milliseconds says that the service is away; what does not is neither a
   * failure nor a success.
   */
  readonly isFailure: (error: unknown, afterMs: number) => boolean;
  /** Milliseconds. */
  readonly clock?: () => number;
};

const leftAlone = (retryAfterMs: number): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The service behind this is not available at the moment.',
    internal: 'it failed several times in a row and is left alone for now',
    retryable: true,
    retryAfterMs,
  });

/** Closed at first; open after so many failures in a row; then one task is the probe that closes it or opens it anew. */
export const createCircuitBreaker = (options: BreakerOptions): CircuitBreaker => {
  const { failures, openMs, isFailure, clock = performance.now.bind(performance) } = options;
  let inARow = 0;
  let openUntil: number | undefined;
  let isProbed = false;
  let openings = 0;

  /** Whether the one who enters is the probe. */
  const enter = (): boolean => {
    if (openUntil === undefined) return false;
    const leftMs = openUntil - clock();
    if (leftMs > 0 || isProbed) throw leftAlone(Math.max(1, leftMs));
    isProbed = true;
    return true;
  };

  const onFailure = (isProbe: boolean): void => {
    inARow += 1;
    if (!isProbe && (openUntil !== undefined || inARow < failures)) return;
    openUntil = clock() + openMs;
    openings += 1;
  };

  return {
    run: async (task) => {
      const isProbe = enter();
      const begunAt = clock();
      try {
        const result = await task();
        inARow = 0;
        openUntil = undefined;
        return result;
      } catch (error) {
        if (isFailure(error, clock() - begunAt)) onFailure(isProbe);
        throw error;
      } finally {
        if (isProbe) isProbed = false;
      }
    },
    state: () => ({ isOpen: openUntil !== undefined, openings }),
  };
};
