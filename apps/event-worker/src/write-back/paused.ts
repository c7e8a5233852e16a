import { AppError } from '@contact-sync/domain';

/** Nothing can be written for now, whoever's turn it is; for how long, in milliseconds, where that is known. */
export const pausedFor = (internal: string, retryAfterMs?: number): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Nothing is written to AcmeCRM now.',
    internal,
    retryable: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

/** How long the brake is looked at again after. */
const brakeLookMs = 1_000;

/** An operator is waited for. */
export const braked = (): AppError => pausedFor('the brake holds', brakeLookMs);
