import type { FastifyRequest } from 'fastify';
import { connectionNames } from './connection-names.ts';

/**
 * What of a client's headers reaches a service. Closed by default: identity headers, hop-by-hop headers and whatever is
 * invented next stay outside (reliability 34).
 */
const passed = [
  'accept',
  'accept-language',
  'authorization',
  'cache-control',
  'content-encoding',
  'content-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'prefer',
  'traceparent',
  'tracestate',
  'user-agent',
] as const;

/** The headers of the request to a service; `address` is the client's that trusted proxies vouch for. */
export const toUpstreamHeaders = (
  { id, protocol, headers: given }: Pick<FastifyRequest, 'id' | 'protocol' | 'headers'>,
  address: string,
): Record<string, string | string[]> => {
  const headers: Record<string, string | string[]> = {
    'x-request-id': id,
    'x-forwarded-for': address,
    'x-forwarded-proto': protocol,
  };
  const hopByHop = connectionNames(given);
  for (const name of passed) {
    const value = given[name];
    if (value !== undefined && !hopByHop.includes(name)) headers[name] = value;
  }
  return headers;
};
