import type { Logger } from '../logger.ts';
import type { Closers } from './closers.ts';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

export type GuardOptions = {
  readonly logger: Logger;
  readonly closers: Closers;
  /** From the first signal or fault to the end, whatever is still open then. */
  readonly withinMs: number;
};

/**
 * Ends the process in order on the first signal or fault, and once: further signals change nothing, since a terminal's
 * Ctrl-C reaches a child twice; further faults are logged. Exits 0 after a signal where everything could be closed; 1
 * after a fault, before or while stopping, where a part could not be closed, or when the time is up. Gives what faults
 * are to be told to.
 */
export const guardProcess = ({ logger, closers, withinMs }: GuardOptions): ((fault: unknown) => void) => {
  let isStopping = false;
  const giveUp = () => {
    logger.fatal({ withinMs, part: closers.underWay() }, 'not closed in time');
    process.exit(1);
  };
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(giveUp, withinMs);
    if (!(await closers.closeAll())) process.exitCode = 1;
    logger.info('stopped');
    process.exit();
  };
  const fail = (fault: unknown) => {
    process.exitCode = 1;
    logger.fatal({ err: fault }, isStopping ? 'a fault while stopping' : 'stopping after a fault');
    void stop();
  };
  for (const signal of signals) {
    process.on(signal, () => {
      logger.info({ signal }, isStopping ? 'already stopping' : 'stopping');
      void stop();
    });
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  return fail;
};
