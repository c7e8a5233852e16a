import { setTimeout as delay } from 'node:timers/promises';

export type EventuallyOptions = {
  /** How long the condition may take. 10,000 by default. */
  readonly timeoutMs?: number;
  /** Pause between two tries. 25 by default. */
  readonly intervalMs?: number;
};

/**
 * Awaits a condition: tries `check` until it neither throws nor gives false, and resolves with what it gave. A try that
 * never settles counts as one that failed. After `timeoutMs` it throws, with the last failure in the message.
 */
export const eventually = async <Result>(
  check: () => Result | Promise<Result>,
  options: EventuallyOptions = {},
): Promise<Exclude<Result, false>> => {
  const { timeoutMs = 10_000, intervalMs = 25 } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const timeIsUp = aborted(deadline);
  let last: unknown = new Error('no try came to an end');
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await Promise.race([check(), timeIsUp]);
      if (result !== timedOut && result !== false) return result as Exclude<Result, false>;
      if (result === false) last = new Error('the condition is false');
    } catch (error) {
      last = error;
    }
    if (deadline.aborted) throw notSo(timeoutMs, tries, last);
    await Promise.race([delay(intervalMs), timeIsUp]);
  }
};

const timedOut = Symbol('timed out');

const aborted = (signal: AbortSignal): Promise<typeof timedOut> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(timedOut), { once: true });
  });

const notSo = (timeoutMs: number, tries: number, last: unknown): Error => {
  const reason = last instanceof Error ? last.message : String(last);
  return new Error(`not so within ${timeoutMs} ms (${tries} tries): ${reason}`, { cause: last });
};
