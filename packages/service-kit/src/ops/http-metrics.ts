import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Histogram } from 'prom-client';
import { routeLabel } from '../server/route-label.ts';
import type { Metrics } from './metrics.ts';

/** A histogram of answers by method, {@link routeLabel} and status, in seconds. */
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
      const labels = { method: request.method, route: routeLabel(request), status: reply.statusCode };
      duration.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  },
  { name: 'http-metrics' },
);
