import { AppError } from '@contact-sync/domain';
import type { ConsumedRecord } from './consumed-record.ts';
import type { BatchHandler } from './handler.ts';
import type { BatchRefusal, Outcome } from './outcome.ts';

/** A batch that failed as a whole. */
export type BatchFault = {
  /** A dependency that is down, or else a fault of ours. */
  readonly isDependency: boolean;
  /** Whether a record of the batch may be the cause: not where nothing at all is taken now, or we stop. */
  readonly mayBeARecord: boolean;
  readonly error: unknown;
};

export type HandlerResult =
  | { readonly outcomes: readonly Outcome[] }
  | BatchRefusal
  | { readonly fault: BatchFault };

type RunOptions = { readonly timeoutMs: number; readonly failures: number; readonly stop: AbortSignal };

const isOutcome = (value: unknown): value is Outcome => {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  return kind === 'done' || kind === 'deadLetter' || kind === 'retryLater';
};

const isRefusal = (value: unknown): value is BatchRefusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

const check = (answer: unknown, expected: number): HandlerResult => {
  if (isRefusal(answer)) return answer;
  if (Array.isArray(answer) && answer.length === expected && answer.every(isOutcome)) {
    return { outcomes: answer };
  }
  return faultOf(new Error(`the handler did not give ${expected} outcomes`));
};

const faultOf = (error: unknown): { readonly fault: BatchFault } => {
  const isDependency = error instanceof AppError && error.retryable;
  return {
    fault: { isDependency, mayBeARecord: !isDependency || error.code !== 'DEPENDENCY_UNAVAILABLE', error },
  };
};

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
    const running = (async () => handle(records, { signal, failures }))();
    return check(await Promise.race([running, aborted]), records.length);
  } catch (error) {
    return stop.aborted ? { fault: { isDependency: false, mayBeARecord: false, error } } : faultOf(error);
  } finally {
    clearTimeout(timer);
    release();
  }
};
