import { setTimeout as delay } from 'node:timers/promises';
import { certificateAdvice } from '@contact-sync/domain';
import { backoffMs } from './backoff.ts';
import type { Logger } from './logger.ts';

type Options = {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** What cannot be done, for the log: told once as a warning, then at debug. */
  readonly text: string;
};

/** Calls `work` until it resolves or the signal aborts, with growing waits between. Never rejects. */
export const keepTrying = async (
  work: () => Promise<void>,
  { signal, logger, text }: Options,
): Promise<void> => {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const advice = certificateAdvice(error);
      logger[attempt === 1 ? 'warn' : 'debug']({ err: error, attempt, ...(advice && { advice }) }, text);
      const waitMs = backoffMs(attempt, { firstMs: 100, maxMs: 2_000 });
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
};
