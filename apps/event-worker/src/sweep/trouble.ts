import { AppError } from '@contact-sync/domain';
import type { AcmeTrouble } from '../acme/acme-api.ts';

/** Why a sweep does not get on with AcmeCRM just now. */
export const troubleError = (trouble: AcmeTrouble): AppError => {
  switch (trouble.kind) {
    case 'limited':
      return new AppError('RATE_LIMITED', {
        message: 'AcmeCRM wants to be asked later.',
        retryable: true,
        retryAfterMs: trouble.retryAfterMs,
      });
    case 'unauthorised':
      return new AppError('UNAUTHENTICATED', {
        message: 'AcmeCRM does not know our key.',
        internal: `AcmeCRM answered ${trouble.status} to a sweep`,
        retryable: true,
      });
    case 'unavailable':
      return new AppError('DEPENDENCY_UNAVAILABLE', {
        message: 'AcmeCRM does not answer.',
        internal: `AcmeCRM does not answer a sweep: ${trouble.why}`,
        retryable: true,
      });
  }
};
