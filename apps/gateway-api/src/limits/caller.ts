import { networkOf } from '@contact-sync/access';
import type { FastifyRequest } from 'fastify';
import type { ClientAddress } from './client-address.ts';

/** The network that a request comes from, as who it counts for; under a name of its own where `apart` from other calls. */
export const addressCaller = (
  request: FastifyRequest,
  addressOf: ClientAddress,
  apart: string = 'address',
): string => `${apart} ${networkOf(addressOf(request.raw))}`;

/** Who a request counts for: its principal, and where there is none the network that it comes from. */
export const callerOf = (request: FastifyRequest, addressOf: ClientAddress): string => {
  const { principal } = request;
  return principal ? `${principal.kind} ${principal.id}` : addressCaller(request, addressOf);
};
