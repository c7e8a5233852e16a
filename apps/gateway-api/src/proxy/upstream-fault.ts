import { AppError } from '@contact-sync/domain';

/** A failed attempt to pass a request on, as what the client may know of it: to come again, or that it asked too much. */
export const toUpstreamFault = (upstream: string, error: Error): AppError => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AppError) return cause;
    if ('code' in cause && cause.code === 'UND_ERR_HEADERS_TIMEOUT') {
      return new AppError('TIMEOUT', {
        message: 'The service behind this did not answer in time.',
        internal: `${upstream} did not answer in time`,
        cause: error,
        retryable: true,
      });
    }
  }
  return new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The service behind this is not available at the moment.',
    internal: `${upstream} could not be reached`,
    cause: error,
    retryable: true,
  });
};
