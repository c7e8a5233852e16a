import Fastify, { type FastifyInstance } from 'fastify';
import { defaultTimes, httpOptions } from '../server/connection-times.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

export type OpsOptions = {
  readonly health: Health;
  readonly metrics: Metrics;
  /** Whether the process still does its work, as far as that is its own to do; true by default. */
  readonly isAlive?: () => boolean;
};

/**
 * Probes and metrics on a port of their own (design section 1): `/livez` tells of the process only, `/readyz` of
 * whether requests may come (`?verbose` names every dependency, also those that are not waited for), `/startupz` of the
 * business port, `/metrics` in Prometheus' text format.
 */
export const createOpsServer = (options: OpsOptions): FastifyInstance => {
  const ops = Fastify({
    logger: false,
    forceCloseConnections: true,
    http: httpOptions(defaultTimes),
    requestTimeout: defaultTimes.requestMs,
  });
  ops.get('/livez', async (_, reply) => {
    const isAlive = options.isAlive?.() ?? true;
    reply.code(isAlive ? 200 : 503);
    return { status: isAlive ? 'ok' : 'frozen' };
  });
  ops.get('/startupz', async (_, reply) => {
    reply.code(options.health.started ? 200 : 503);
    return { status: options.health.started ? 'ok' : 'starting' };
  });
  ops.get<{ Querystring: { verbose?: string } }>('/readyz', async (request, reply) => {
    const report = await options.health.report();
    reply.code(report.ready ? 200 : 503);
    const status = report.ready ? 'ok' : 'unavailable';
    return request.query.verbose === undefined ? { status } : { status, checks: report.checks };
  });
  ops.get('/metrics', async (_, reply) => {
    reply.header('content-type', options.metrics.registry.contentType);
    return options.metrics.registry.metrics();
  });
  return ops;
};
