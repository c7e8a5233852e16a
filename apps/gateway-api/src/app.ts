import { accessPlugin } from '@contact-sync/access';
import { createLocalBuckets, withFallback } from '@contact-sync/redis';
import { type App, createServer, errorPage, type ServerContext } from '@contact-sync/service-kit';
import fastifyHelmet from '@fastify/helmet';
import type { Config } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { healthRoute } from './health-route.ts';
import { clientAddress } from './limits/client-address.ts';
import { limitsPlugin } from './limits/limits-plugin.ts';
import { assertPlainPath } from './proxy/assert-plain-path.ts';
import { proxiedRoutes } from './proxy/proxied-routes.ts';

/** The public face of the system. A request passes what is registered here, top to bottom. */
export const createApp = async (
  { keys, buckets }: Dependencies,
  config: Config,
  context: ServerContext,
): Promise<App> => {
  const addressOf = clientAddress(config.TRUSTED_PROXIES);
  const app: App = await createServer({
    ...context,
    bodyLimit: config.BODY_LIMIT_BYTES,
    trustedProxies: config.TRUSTED_PROXIES,
    onUndecodable: (request, reply) => app.countRequest(request, reply),
  });
  await app.register(fastifyHelmet);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  await app.register(limitsPlugin, {
    addressOf,
    buckets: withFallback(buckets, createLocalBuckets(), {
      copies: config.LIMIT_COPIES,
      logger: context.logger,
    }),
    perMinute: config.LIMIT_PER_MINUTE,
    loginsPerMinute: config.LOGIN_LIMIT_PER_MINUTE,
  });
  app.addHook('onRequest', assertPlainPath);
  await app.register(healthRoute);
  await app.register(errorPage);
  await app.register(proxiedRoutes, {
    upstreams: {
      auth: config.AUTH_URL,
      contact: config.CONTACT_URL,
      worker: config.WORKER_URL,
      simulator: config.SIMULATOR_URL,
    },
    addressOf,
    timeoutMs: config.UPSTREAM_TIMEOUT_MS,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    bodiesBytes: config.BODIES_LIMIT_BYTES,
    atOnce: config.UPSTREAM_REQUESTS,
    waiting: config.UPSTREAM_REQUESTS_WAITING,
    atOncePerCaller: config.CALLER_REQUESTS,
  });
  return app;
};
