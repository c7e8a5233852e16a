import { AppError } from '@contact-sync/domain';
import { inConsumerSpan } from '../tracing.ts';
import type { ConsumedRecord } from './consumed-record.ts';
import type { BatchHandler } from './handler.ts';
import type { Outcome } from './outcome.ts';

/** A batch that failed as a whole. `isDependency` tells a dependency that is down from a fault of ours. */
export type BatchFault = { readonly isDependency: boolean; readonly error: unknown };

export type HandlerResult = { readonly outcomes: readonly Outcome[] } | { readonly fault: BatchFault };

type RunOptions = { readonly timeoutMs: number; readonly failures: number; readonly stop: AbortSignal };

const isOutcome = (value: unknown): value is Outcome => {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  return kind === 'done' || kind === 'deadLetter' || kind === 'retryLater';
};

const check = (outcomes: unknown, expected: number): HandlerResult =>
  Array.isArray(outcomes) && outcomes.length === expected && outcomes.every(isOutcome)
    ? { outcomes }
    : {
        fault: {
          isDependency: false,
          error: new Error(`the handler did not give ${expected} outcomes`),
        },
      };

const faultOf = (error: unknown): HandlerResult => ({
  fault: { isDependency: error instanceof AppError && error.retryable, error },
});

/** Rejects when the signal aborts; `release` makes it let go of a signal that lives longer. */
const whenAborted = (signal: AbortSignal) => {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  aborted.catch(() => undefined);
  return { aborted, release: () => signal.removeEventListener('abort', onAbort) };
};

const timedOut = (timeoutMs: number) =>
  new AppError('TIMEOUT', {
    message: 'The handler did not finish in time',
    internal: `${timeoutMs} ms`,
    retryable: true,
  });

/** Runs a handler so that whatever it does, this resolves: by its outcomes, by what it threw, or by the time-out. */
export const runHandler = async <Value>(
  handle: BatchHandler<Value>,
  records: readonly ConsumedRecord<Value>[],
  { timeoutMs, failures, stop }: RunOptions,
): Promise<HandlerResult> => {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(timedOut(timeoutMs)), timeoutMs);
  const signal = AbortSignal.any([timeout.signal, stop]);
  const { aborted, release } = whenAborted(signal);
  try {
    const running = inConsumerSpan(records, async () => handle(records, { signal, failures }));
    return check(await Promise.race([running, aborted]), records.length);
  } catch (error) {
    return faultOf(error);
  } finally {
    clearTimeout(timer);
    release();
  }
};
