import { routeKindOf } from '@contact-sync/access';
import type { Routes } from '@contact-sync/api-contracts';
import { type App, type Metrics, observeCalls, routePattern } from '@contact-sync/service-kit';
import type { FastifyError, FastifyRequest } from 'fastify';
import { callerOf } from '../limits/caller.ts';
import type { ClientAddress } from '../limits/client-address.ts';
import { createByteBudget } from './byte-budget.ts';
import { createCallerShare } from './caller-share.ts';
import { forwardTo } from './forward.ts';
import { readBody } from './read-body.ts';
import { type BoundSettings, boundsOf, type RouteBounds } from './route-bounds.ts';
import { type ForwardedRoute, type ForwardedService, forwardedRoutes, type ServiceUrls } from './services.ts';
import { createUpstream, type Upstream } from './upstream.ts';
import { beginCall, callOf } from './upstream-call.ts';
import { watchUpstreams } from './upstream-metrics.ts';

export type ProxyOptions = BoundSettings & {
  /** What is reachable from outside, and nothing else is; the gateway's own routes among them are left out. */
  readonly routes: Routes;
  readonly services: ServiceUrls;
  readonly addressOf: ClientAddress;
  readonly metrics: Metrics;
  /** Bytes of bodies that may be held at once. */
  readonly bodiesBytes: number;
  /** Requests that may be under way at each service, and that may wait for it. */
  readonly atOnce: number;
  readonly waiting: number;
  /** Requests that each caller may have under way. */
  readonly atOncePerCaller: number;
};

/** The bounds that the route was given. */
const boundsFor = ({ routeOptions }: FastifyRequest): RouteBounds => {
  const { bounds } = routeOptions.config;
  if (!bounds) throw new Error('a request is passed on by a route without bounds');
  return bounds;
};

/** Bounds each request in time and in what it may hold, and has its body read before it is passed on. */
const boundRequests = (app: App, { addressOf, atOncePerCaller, bodiesBytes }: ProxyOptions): void => {
  const share = createCallerShare(atOncePerCaller);
  const openBooking = createByteBudget(bodiesBytes);
  app.decorateRequest('upstreamCall', null);
  app.addHook('onRequest', async (request, reply) => {
    const leave = share.enter(callerOf(request, addressOf));
    const { book, release } = openBooking();
    const onEnd = () => {
      leave();
      release();
    };
    request.upstreamCall = beginCall(reply, { timeoutMs: boundsFor(request).timeoutMs, book, onEnd });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest) =>
    readBody(request.raw, { limitBytes: boundsFor(request).bodyBytes, ...callOf(request) }),
  );
};

/** One pool for each service, closed with the app. */
const createUpstreams = (app: App, { services, atOnce, waiting, metrics }: ProxyOptions) => {
  const upstreams = Object.fromEntries(
    Object.entries(services).map(([name, url]) => [
      name,
      createUpstream({ name, url, atOnce, waiting, ended: observeCalls(metrics, name) }),
    ]),
  ) as Readonly<Record<ForwardedService, Upstream>>;
  watchUpstreams(metrics, Object.values(upstreams));
  app.addHook('onClose', async () => {
    await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  });
  return upstreams;
};

const configOf = (route: ForwardedRoute, settings: BoundSettings) => ({
  // The service behind checks the permission itself; here a valid token is enough to be let through and counted.
  ...(route.access === 'public' ? { public: true as const } : { permission: 'authenticated' as const }),
  // What may go on while it is not known what was revoked is decided by what the service behind asks for.
  routeKind: routeKindOf(route.method, route.access),
  limit: route.limit,
  bounds: boundsOf(route, settings),
});

/** The routes of the services behind, passed on to them as they came: path, query and body unchanged. */
export const proxiedRoutes = async (app: App, options: ProxyOptions): Promise<void> => {
  boundRequests(app, options);
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    // Whoever is refused before it is known who it is counts all the same, against its address.
    await app.countRequest(request, reply);
    throw error;
  });
  const upstreams = createUpstreams(app, options);
  for (const route of forwardedRoutes(options.routes, options.services)) {
    app.route({
      method: route.method,
      url: routePattern(route.path),
      config: configOf(route, options),
      handler: forwardTo(upstreams[route.service], options.addressOf),
    });
  }
};
