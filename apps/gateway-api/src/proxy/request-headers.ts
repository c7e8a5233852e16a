import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';

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

/**
 * The headers of the request to a service. `given` has already lost what the client's `Connection` header names;
 * `address` is the client's that trusted proxies vouch for.
 */
export const toUpstreamHeaders = (
  request: Pick<FastifyRequest, 'id' | 'protocol' | 'body'>,
  given: IncomingHttpHeaders,
  address: string,
): IncomingHttpHeaders => {
  const headers: Record<string, string | string[]> = {
    'x-request-id': request.id,
    'x-forwarded-for': address,
    'x-forwarded-proto': request.protocol,
  };
  for (const name of passed) {
    const value = given[name];
    if (value !== undefined) headers[name] = value;
  }
  // A length that announces a body which is not sent would be an error on the way.
  if (request.body !== undefined && given['content-length'] !== undefined) {
    headers['content-length'] = given['content-length'];
  }
  return headers;
};
