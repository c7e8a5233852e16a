import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';

/**
 * Who asks, on a route that is guarded by a permission.
 *
 * @throws {Error} on a public route: the route's own mistake.
 */
export const requirePrincipal = (request: FastifyRequest): Principal => {
  if (request.principal === null) throw new Error('a public route asks who its caller is');
  return request.principal;
};
