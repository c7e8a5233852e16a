import type { App } from '@contact-sync/service-kit';
import type { FastifyError, FastifyRequest } from 'fastify';
import { callerOf } from '../limits/caller.ts';
import type { ClientAddress } from '../limits/client-address.ts';
import { createByteBudget } from './byte-budget.ts';
import { createCallerShare } from './caller-share.ts';
import { forwardTo } from './forward.ts';
import { readBody } from './read-body.ts';
import { routeTable, type UpstreamName } from './route-table.ts';
import { createUpstream } from './upstream.ts';
import { beginCall, callOf } from './upstream-call.ts';

export type ProxyOptions = {
  readonly upstreams: Readonly<Record<UpstreamName, string>>;
  readonly addressOf: ClientAddress;
  /** How long a request may take from its arrival until its answer begins, in milliseconds. */
  readonly timeoutMs: number;
  readonly bodyLimitBytes: number;
  /** Bytes of bodies that may be held at once. */
  readonly bodiesBytes: number;
  /** Requests that may be under way at each service, and that may wait for it. */
  readonly atOnce: number;
  readonly waiting: number;
  /** Requests that each caller may have under way. */
  readonly atOncePerCaller: number;
};

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Bounds each request in time and in what it may hold, and has its body read before it is passed on. */
const boundRequests = (app: App, options: ProxyOptions): void => {
  const { addressOf, timeoutMs, bodyLimitBytes: limitBytes } = options;
  const share = createCallerShare(options.atOncePerCaller);
  const openBooking = createByteBudget(options.bodiesBytes);
  app.decorateRequest('upstreamCall', null);
  app.addHook('onRequest', async (request, reply) => {
    const leave = share.enter(callerOf(request, addressOf));
    const { book, release } = openBooking();
    const onEnd = () => {
      leave();
      release();
    };
    request.upstreamCall = beginCall(reply, { timeoutMs, book, onEnd });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest) =>
    readBody(request.raw, { limitBytes, ...callOf(request) }),
  );
};

/** One pool for each service. */
const createUpstreams = ({ upstreams, atOnce, waiting }: ProxyOptions) => {
  const create = (name: UpstreamName) => createUpstream({ name, url: upstreams[name], atOnce, waiting });
  return {
    auth: create('auth'),
    contact: create('contact'),
    worker: create('worker'),
    simulator: create('simulator'),
  };
};

/** The routes of the table, passed on to the services behind them as they came: path, query and body unchanged. */
export const proxiedRoutes = async (app: App, options: ProxyOptions): Promise<void> => {
  boundRequests(app, options);
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    // Whoever is refused before it is known who it is counts all the same, against its address.
    await app.countRequest(request, reply);
    throw error;
  });
  const upstreams = createUpstreams(options);
  app.addHook('onClose', async () => {
    await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  });
  for (const route of routeTable) {
    const handler = forwardTo(upstreams[route.upstream], options.addressOf);
    const config = {
      ...(route.public ? { public: true as const } : { permission: 'authenticated' as const }),
      ...(route.limit ? { limit: route.limit } : {}),
    };
    const method = [...(route.methods ?? allMethods)];
    for (const path of route.paths ?? ['/', '/*']) {
      app.route({ method, url: path === '/' ? route.prefix : route.prefix + path, config, handler });
    }
  }
};
