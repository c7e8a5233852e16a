import { errorReference } from '@contact-sync/api-contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Histogram } from 'prom-client';
import { routeLabel } from '../server/route-label.ts';
import { createCounter, type Metrics } from './metrics.ts';

/** What any route may come to through no fault of its caller. */
const FAILURES = [500, 503];

/** The answers of a route that are told as 0 before there are any: what it is for, and what error rates are made of. */
const expectedStatuses = ({ config }: RouteOptions): readonly number[] => {
  const [first] = Object.keys(config?.contract?.answers ?? {}).map(Number);
  return first === undefined ? FAILURES : [first, ...FAILURES];
};

/**
 * A histogram of answers by method, {@link routeLabel} and status, in seconds, and a counter of the problems that this
 * process answered itself, by code.
 */
export const httpMetrics = fastifyPlugin(
  async (app: FastifyInstance, options: { metrics: Metrics }) => {
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte read to the last byte written',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [options.metrics.registry],
    });
    const problems = createCounter(options.metrics, {
      name: 'http_problems_total',
      help: 'Requests that this process answered with a problem of its own, by its code',
      labels: { code: Object.keys(errorReference) },
    });
    app.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) {
        if (method === 'HEAD' || method === 'OPTIONS') continue;
        const label = route.config?.contract?.path ?? route.url;
        for (const status of expectedStatuses(route)) duration.zero({ method, route: label, status });
      }
    });
    app.addHook('onResponse', (request, reply, done) => {
      const labels = { method: request.method, route: routeLabel(request), status: reply.statusCode };
      duration.observe(labels, reply.elapsedTime / 1_000);
      if (reply.problemCode !== null) problems.inc({ code: reply.problemCode });
      done();
    });
  },
  { name: 'http-metrics' },
);
