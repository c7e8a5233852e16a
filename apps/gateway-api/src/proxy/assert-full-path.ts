import { AppError } from '@contact-sync/domain';
import type { onRequestHookHandler } from 'fastify';

/**
 * A hook that lets no path through that ends where a parameter should stand, with NOT_FOUND: `/api/v1/contacts/` is no
 * contact's, though the router finds one without an id there.
 */
export const assertFullPath: onRequestHookHandler = ({ params }, _reply, done) => {
  const isCutOff = Object.values(params ?? {}).includes('');
  done(isCutOff ? new AppError('NOT_FOUND', { message: 'No such resource.' }) : undefined);
};
