import type { Logger } from '@contact-sync/service-kit';

const intervalMs = 1_000;

/** At most one line a second for each code, with how many stood behind it: an attack must not write the log full. */
export const createSampledLog = (
  logger: Pick<Logger, 'warn'>,
  clock: () => number = performance.now.bind(performance),
) => {
  const seen = new Map<string, { at: number; silent: number }>();
  return {
    warn: (code: string, message: string): void => {
      const last = seen.get(code);
      const now = clock();
      if (last && now - last.at < intervalMs) {
        last.silent += 1;
        return;
      }
      logger.warn({ code, alsoSinceLastLine: last?.silent ?? 0 }, message);
      seen.set(code, { at: now, silent: 0 });
    },
  };
};
