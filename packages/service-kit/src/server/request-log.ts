import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { routeLabel } from './route-label.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the line of this request tells beside the rest: ids that others have of it, and nothing personal. */
    logged: Readonly<Record<string, unknown>> | null;
  }
}

/** One line for each answer, by {@link routeLabel}. Also returns the request's id. */
export const requestLog = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.decorateRequest('logged', null);
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id);
      done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      app.log.info(
        {
          ...request.logged,
          requestId: request.id,
          method: request.method,
          route: routeLabel(request),
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime * 100) / 100,
        },
        'request',
      );
      done();
    });
  },
  { name: 'request-log' },
);
