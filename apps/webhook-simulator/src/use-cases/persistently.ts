import { AppError } from '@contact-sync/domain';
import type { Clock } from '../ports.ts';

export type Patience = { readonly clock: Clock; readonly deadline: number; readonly signal: AbortSignal };

const PAUSE_MS = 250;

/**
 * Repeats `attempt` through retryable faults until the deadline (ms since 1970), waiting as the other side asks.
 * Rejects with the last fault.
 */
export const persistently = async <Result>(
  attempt: () => Promise<Result>,
  { clock, deadline, signal }: Patience,
): Promise<Result> => {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable) throw error;
      const pause = error.retryAfterMs ?? PAUSE_MS;
      if (clock.now() + pause > deadline) throw error;
      await clock.wait(pause, signal);
    }
  }
};
