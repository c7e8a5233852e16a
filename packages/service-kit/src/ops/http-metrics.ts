import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Histogram } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** A histogram of answers by method, route template and status, in seconds. */
export const httpMetrics = fastifyPlugin(
  async (app: FastifyInstance, options: { metrics: Metrics }) => {
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte read to the last byte written',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [options.metrics.registry],
    });
    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      duration.observe(
        { method: request.method, route, status: reply.statusCode },
        reply.elapsedTime / 1_000,
      );
      done();
    });
  },
  { name: 'http-metrics' },
);
