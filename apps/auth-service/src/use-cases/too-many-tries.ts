import { AppError } from '@contact-sync/domain';

/** What an account or a network that backs off is answered. */
export const mustWait = (retryAfterMs: number): AppError =>
  new AppError('RATE_LIMITED', { message: 'Too many failed tries.', retryAfterMs });
