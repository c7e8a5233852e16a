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

export const sendFailed = (cause: unknown): AppError =>
  unavailable(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), cause);

export const queueFull = (): AppError =>
  new AppError('OVERLOADED', {
    message: 'Too many events wait for the event log',
    internal: "the producer's queue is full",
    retryable: true,
  });

export const tooLarge = (bytes: number, maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', {
    message: 'The event is too large for the event log',
    internal: `${bytes} bytes, at most ${maxBytes}`,
  });

export const closed = (): AppError =>
  new AppError('SHUTTING_DOWN', { message: 'The service is shutting down', retryable: true });

const types = ['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION', 'TOPIC_AUTHORIZATION_FAILED'];

/** Whether the broker refused a topic, and not all that was sent with it. */
export const isOfOneTopic = (error: unknown): boolean => {
  const { type, cause } = (error ?? {}) as { readonly type?: unknown; readonly cause?: unknown };
  if (typeof type === 'string') return types.includes(type);
  return cause !== undefined && cause !== error && isOfOneTopic(cause);
};
