import { setTimeout as pause } from 'node:timers/promises';

type Patience = {
  /** How long servers that do not answer are asked again, in milliseconds; 0 asks once. */
  readonly withinMs: number;
  readonly everyMs?: number;
  /** Told once, with the first failure. */
  readonly onWaiting: (error: unknown) => void;
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** A server that is not there yet, as kafkajs and our own errors say it; a refused login or schema stays refused. */
const mayPass = (error: unknown): boolean => {
  const { retryable, retriable } = (error ?? {}) as { retryable?: unknown; retriable?: unknown };
  return retryable === true || retriable === true || nameOf(error) === 'KafkaJSNumberOfRetriesExceeded';
};

/**
 * Gives what `work` gives, which must be harmless to repeat, and repeats it while servers are only starting. Rejects with
 * what cannot pass at once, with anything else when the time is up.
 */
export const whileTheyStart = async <Value>(
  work: () => Promise<Value>,
  { withinMs, everyMs = 1_000, onWaiting }: Patience,
): Promise<Value> => {
  const end = performance.now() + withinMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || performance.now() + everyMs > end) throw error;
      if (attempt === 1) onWaiting(error);
      await pause(everyMs);
    }
  }
};
