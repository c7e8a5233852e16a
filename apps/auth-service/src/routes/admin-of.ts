import { requirePrincipal } from '@contact-sync/access';
import type { FastifyRequest } from 'fastify';
import type { Admin } from '../use-cases/manage-users.ts';
import { clientOrigin } from './client-origin.ts';

/** Who administers, as the records name them. */
export const adminOf = (request: FastifyRequest): Admin => {
  const { kind, id } = requirePrincipal(request);
  return { by: `${kind}:${id}`, origin: clientOrigin(request.raw) };
};
