import { AppError } from '@contact-sync/domain';

/** A failed attempt to pass a request on, as what the client may know of it: that it may come again. */
export const toUpstreamFault = (upstream: string, error: unknown): AppError => {
  if (error instanceof AppError) return error;
  return new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The service behind this is not available at the moment.',
    internal: `${upstream} could not be reached`,
    cause: error,
    retryable: true,
  });
};
