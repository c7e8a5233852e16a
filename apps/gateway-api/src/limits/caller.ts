import { networkOf } from '@contact-sync/access';
import type { FastifyRequest } from 'fastify';
import type { ClientAddress } from './client-address.ts';

/** Who a request counts for: its principal, and where there is none the network that it comes from. */
export const callerOf = (request: FastifyRequest, addressOf: ClientAddress): string => {
  const { principal } = request;
  return principal ? `${principal.kind} ${principal.id}` : `address ${networkOf(addressOf(request.raw))}`;
};
