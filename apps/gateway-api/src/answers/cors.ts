import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { addVary } from './vary.ts';

const exposed = ['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'].join(
  ', ',
);

/** What a script of another origin may ask for; without credentials of the browser's own, since tokens are headers. */
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': [
    'authorization',
    'cache-control',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'last-event-id',
    'prefer',
    'traceparent',
    'x-request-id',
  ].join(', '),
  'access-control-max-age': '600',
};

/**
 * Lets scripts of these origins read the answers, and those of no other (Fetch standard, "CORS protocol"). A preflight
 * is answered by the OPTIONS of its path.
 */
export const cors = fastifyPlugin(
  async (app: FastifyInstance, { origins }: { readonly origins: readonly string[] }) => {
    if (origins.length === 0) return;
    const allowed = new Set(origins);
    // Once a service's own headers are there, which could say otherwise.
    app.addHook('onSend', ({ method, headers }, reply, payload, done) => {
      addVary(reply, 'origin');
      const { origin } = headers;
      if (origin !== undefined && allowed.has(origin)) {
        reply.header('access-control-allow-origin', origin);
        if (method === 'OPTIONS' && headers['access-control-request-method']) reply.headers(preflight);
        else reply.header('access-control-expose-headers', exposed);
      }
      done(null, payload);
    });
  },
  { name: 'cors' },
);
