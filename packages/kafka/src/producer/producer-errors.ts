import { AppError } from '@contact-sync/domain';

const unavailable = (internal: string, cause?: unknown): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The event log does not answer',
    internal,
    cause,
    retryable: true,
  });

/** The broker may or may not have the record: the sender repeats, consumers know repeats. */
export const deadlinePassed = (deadlineMs: number): AppError =>
  unavailable(`no ack from the broker within ${deadlineMs} ms`);

const sizeErrors: readonly unknown[] = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];

/** Whether the broker finds more in a request than its topic takes, which no repetition changes. */
const isOfSize = (error: unknown): boolean => {
  const { type, cause } = (error ?? {}) as { readonly type?: unknown; readonly cause?: unknown };
  return sizeErrors.includes(type) || (cause !== undefined && cause !== error && isOfSize(cause));
};

export const sendFailed = (cause: unknown): AppError =>
  isOfSize(cause)
    ? refusedAsTooLarge('the broker: more than the max.message.bytes of the topic')
    : unavailable(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), cause);

export const queueFull = (): AppError =>
  new AppError('OVERLOADED', {
    message: 'Too many events wait for the event log',
    internal: "the producer's queue is full",
    retryable: true,
  });

const refusedAsTooLarge = (internal: string): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', { message: 'The event is too large for the event log', internal });

export const tooLarge = (bytes: number, maxBytes: number): AppError =>
  refusedAsTooLarge(`${bytes} bytes, at most ${maxBytes}`);

export const closed = (): AppError =>
  new AppError('SHUTTING_DOWN', { message: 'The service is shutting down', retryable: true });
