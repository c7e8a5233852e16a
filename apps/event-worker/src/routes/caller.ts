import { requirePrincipal } from '@contact-sync/access';
import type { FastifyRequest } from 'fastify';

/** Who asks, as what is kept names them. */
export const callerOf = (request: FastifyRequest): string => {
  const { kind, id } = requirePrincipal(request);
  return `${kind}:${id}`;
};
