import { AppError } from '@contact-sync/domain';

/** How much of the gateway one caller may hold at a time. */
export type CallerShare = {
  /**
   * Counts a request of the caller until what it gives is called.
   *
   * @throws {AppError} RATE_LIMITED where the caller has as many under way as it may.
   */
  readonly enter: (caller: string) => () => void;
};

/** A share of `atOnce` requests for each caller, so that one alone cannot take all connections to a service. */
export const createCallerShare = (atOnce: number): CallerShare => {
  const underway = new Map<string, number>();
  return {
    enter: (caller) => {
      const count = underway.get(caller) ?? 0;
      if (count >= atOnce) {
        throw new AppError('RATE_LIMITED', { message: 'Too many requests at once.', retryAfterMs: 1_000 });
      }
      underway.set(caller, count + 1);
      return () => {
        const left = (underway.get(caller) ?? 1) - 1;
        if (left > 0) underway.set(caller, left);
        else underway.delete(caller);
      };
    },
  };
};
