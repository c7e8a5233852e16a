import type { App } from '@contact-sync/service-kit';
import fastifyHttpProxy from '@fastify/http-proxy';
import type { FastifyError } from 'fastify';
import type { ClientAddress } from '../limits/client-address.ts';
import { limitBody } from './limit-body.ts';
import { toUpstreamHeaders } from './request-headers.ts';
import { toClientHeaders } from './response-headers.ts';
import { type ProxiedRoute, routeTable, type Upstream } from './route-table.ts';
import { toUpstreamFault } from './upstream-fault.ts';

export type ProxyOptions = {
  readonly upstreams: Readonly<Record<Upstream, string>>;
  readonly addressOf: ClientAddress;
  /** How long a service may take to begin its answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly bodyLimitBytes: number;
};

const CONNECT_TIMEOUT_MS = 2_000;
/** Longest silence within an answer; streams of events keep alive more often. */
const SILENCE_MS = 60_000;

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const proxyRoute = (app: App, route: ProxiedRoute, { upstreams, addressOf, timeoutMs }: ProxyOptions) =>
  app.register(fastifyHttpProxy, {
    upstream: upstreams[route.upstream],
    prefix: route.prefix,
    rewritePrefix: route.prefix,
    routes: [...(route.paths ?? ['/', '/*'])],
    httpMethods: [...(route.methods ?? allMethods)],
    config: {
      ...(route.public ? { public: true } : { permission: 'authenticated' }),
      ...(route.limit ? { limit: route.limit } : {}),
    },
    disableRequestLogging: true,
    disableCache: true,
    destroyAgent: true,
    undici: {
      // Left out, certificates would not be verified at all.
      connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
      headersTimeout: timeoutMs,
      bodyTimeout: SILENCE_MS,
    },
    replyOptions: {
      // Left out, a GET that is answered 503 would be sent up to ten times more.
      retryDelay: () => null,
      rewriteRequestHeaders: (request, headers) =>
        toUpstreamHeaders(request, headers, addressOf(request.raw)),
      rewriteHeaders: toClientHeaders,
      onError: (reply, { error }) => {
        reply.send(toUpstreamFault(route.upstream, error));
      },
    },
  });

/** The routes of the table, passed on to the services behind them as they came: path, query and body unchanged. */
export const proxiedRoutes = async (app: App, options: ProxyOptions): Promise<void> => {
  app.removeAllContentTypeParsers();
  app.addHook('preParsing', limitBody(options.bodyLimitBytes));
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    // Whoever is refused before it is known who it is counts all the same, against its address.
    await app.countRequest(request, reply);
    throw error;
  });
  for (const route of routeTable) await proxyRoute(app, route, options);
};
