import { accessPlugin } from '@contact-sync/access';
import { gatewayRoutes, publicRoutes, type Routes } from '@contact-sync/api-contracts';
import { createLocalBuckets, withFallback } from '@contact-sync/redis';
import {
  type App,
  createServer,
  errorPage,
  type ServerContext,
  serveRoutes,
} from '@contact-sync/service-kit';
import fastifyHelmet from '@fastify/helmet';
import { compression } from './answers/compression.ts';
import { cors } from './answers/cors.ts';
import type { Config } from './config.ts';
import { consolePages } from './console/console-pages.ts';
import type { Dependencies } from './dependencies.ts';
import { docsPage } from './docs/docs-page.ts';
import { clientAddress } from './limits/client-address.ts';
import { limitsPlugin } from './limits/limits-plugin.ts';
import { createRefusals } from './limits/refusals.ts';
import { assertFullPath } from './proxy/assert-full-path.ts';
import { assertPlainPath } from './proxy/assert-plain-path.ts';
import { proxiedRoutes } from './proxy/proxied-routes.ts';
import { optionsRoutes } from './routes/options-routes.ts';
import { ownHandlers } from './routes/own-routes.ts';

/**
 * The public face of the system: exactly these routes. A request passes what is registered here, top to bottom.
 */
export const createApp = async (
  { keys, revocations, buckets }: Dependencies,
  config: Config,
  context: ServerContext,
  routes: Routes = publicRoutes,
): Promise<App> => {
  const addressOf = clientAddress(config.TRUSTED_PROXIES);
  const app: App = await createServer({
    ...context,
    bodyLimit: config.BODY_LIMIT_BYTES,
    trustedProxies: config.TRUSTED_PROXIES,
    onUndecodable: (request, reply) => app.countRequest(request, reply),
  });
  await app.register(fastifyHelmet);
  await app.register(cors, { origins: config.CORS_ORIGINS });
  await app.register(compression);
  await app.register(accessPlugin, {
    keys,
    revocations,
    issuer: config.TOKEN_ISSUER,
    beforeVerifying: (request, reply) => app.countRequest(request, reply),
  });
  await app.register(limitsPlugin, {
    addressOf,
    buckets: withFallback(buckets, createLocalBuckets(), {
      copies: config.LIMIT_COPIES,
      logger: context.logger,
    }),
    perMinute: {
      calls: config.LIMIT_PER_MINUTE,
      login: config.LOGIN_LIMIT_PER_MINUTE,
      refresh: config.REFRESH_LIMIT_PER_MINUTE,
    },
    refused: createRefusals(context.metrics, context.logger),
  });
  app.addHook('onRequest', assertPlainPath);
  app.addHook('onRequest', assertFullPath);
  await serveRoutes(app, gatewayRoutes, ownHandlers());
  await app.register(errorPage);
  await app.register(docsPage);
  await app.register(consolePages, {});
  await app.register(optionsRoutes, { routes });
  await app.register(proxiedRoutes, {
    routes,
    services: {
      'auth-service': config.AUTH_URL,
      'contact-service': config.CONTACT_URL,
      'event-worker': config.WORKER_URL,
      'webhook-simulator': config.SIMULATOR_URL,
    },
    addressOf,
    metrics: context.metrics,
    timeoutMs: config.UPSTREAM_TIMEOUT_MS,
    heavyTimeoutMs: config.HEAVY_TIMEOUT_MS,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    bodiesBytes: config.BODIES_LIMIT_BYTES,
    atOnce: config.UPSTREAM_REQUESTS,
    waiting: config.UPSTREAM_REQUESTS_WAITING,
    atOncePerCaller: config.CALLER_REQUESTS,
  });
  return app;
};
