import type { FastifyRequest } from 'fastify';

/** The route that a request came to as logs and metrics name it: its contract's path, never the URL (rule 10). */
export const routeLabel = ({ routeOptions: { config, url } }: FastifyRequest): string =>
  config.contract?.path ?? url ?? 'unknown';
