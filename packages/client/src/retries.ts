export type RetryOptions = {
  /** Attempts in all; 4 by default. */
  readonly attempts?: number;
  /** The longest wait between two, in milliseconds; a longer Retry-After is not waited for. 10,000 by default. */
  readonly longestWaitMs?: number;
};

const FIRST_WAIT_MS = 200;

/** Whether an answer of this status may be another one soon. */
export const mayPass = (status: number): boolean =>
  status === 429 || status === 502 || status === 503 || status === 504;

/** The wait after attempt `attempt` (from 1): what was asked for, else doubling, less up to half at random. */
export const waitMs = (attempt: number, asked: number | undefined): number =>
  asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (1 - Math.random() / 2);

/** Resolves after that time, or rejects with the signal's reason. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
