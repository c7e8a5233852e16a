import { AppError } from '@contact-sync/domain';
import type { FastifyRequest } from 'fastify';

/**
 * Lets no path through that ends where a parameter should stand: `/api/v1/contacts/` is no contact's, though the router
 * finds one without an id there.
 *
 * @throws {AppError} NOT_FOUND for such a path.
 */
export const assertFullPath = async ({ params }: Pick<FastifyRequest, 'params'>): Promise<void> => {
  if (Object.values(params ?? {}).includes('')) {
    throw new AppError('NOT_FOUND', { message: 'No such resource.' });
  }
};
