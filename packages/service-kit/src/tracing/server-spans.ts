import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { routeLabel } from '../server/route-label.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** With the span of this request in it; null where it has none. */
    traceContext: Context | null;
  }
}

/** What services ask each other all the time, for nobody in particular: a trace only where it is part of one. */
const isUpkeep = (request: FastifyRequest): boolean =>
  request.headers.traceparent === undefined && routeLabel(request).startsWith('/internal/');

/** A span for each request, by its route and never its URL; it goes on the caller's trace where there is one. */
export const serverSpans = fastifyPlugin(
  async (app: FastifyInstance) => {
    const tracer = trace.getTracer('@contact-sync/service-kit');
    app.decorateRequest('traceContext', null);
    app.addHook('onRequest', (request, _reply, done) => {
      if (isUpkeep(request)) return done();
      const route = routeLabel(request);
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const attributes = { 'http.request.method': request.method, 'http.route': route };
      const span = tracer.startSpan(
        `${request.method} ${route}`,
        { kind: SpanKind.SERVER, attributes },
        parent,
      );
      request.traceContext = trace.setSpan(parent, span);
      const { traceId, spanId } = span.spanContext();
      request.logged = { traceId, spanId };
      context.with(request.traceContext, done);
    });
    // What reads a body goes on from the socket's events, which know of no request.
    app.addHook('preValidation', (request, _reply, done) => {
      if (request.traceContext === null) return done();
      context.with(request.traceContext, done);
    });
    app.addHook('onResponse', (request, reply, done) => {
      const span = request.traceContext && trace.getSpan(request.traceContext);
      span?.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) {
        const type = reply.problemCode ?? String(reply.statusCode);
        span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
      }
      span?.end();
      done();
    });
  },
  { name: 'server-spans', dependencies: ['error-answers'] },
);
