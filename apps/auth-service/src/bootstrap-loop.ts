import { setTimeout as pause } from 'node:timers/promises';
import type { HealthCheck, Logger } from '@contact-sync/service-kit';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export type BootstrapLoop = {
  /** Readiness: rejects until the work is done. */
  readonly check: HealthCheck['check'];
  /** Makes no further try, and resolves when the one that runs has ended, well or not. */
  readonly stop: () => Promise<void>;
};

/** Repeats `work` until it succeeds, with pauses that grow, without anybody waiting for it. */
export const startBootstrapLoop = (work: () => Promise<void>, logger: Logger): BootstrapLoop => {
  const stopped = new AbortController();
  let isDone = false;
  const loop = async () => {
    for (
      let pauseMs = FIRST_PAUSE_MS;
      !stopped.signal.aborted;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    ) {
      try {
        await work();
        isDone = true;
        return;
      } catch (error) {
        logger[stopped.signal.aborted ? 'debug' : 'warn'](
          { err: error },
          'users and clients could not be prepared yet',
        );
      }
      await pause(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    check: async () => {
      if (!isDone) throw new Error('users and clients are not prepared yet');
    },
    stop: () => {
      stopped.abort();
      return looping;
    },
  };
};
