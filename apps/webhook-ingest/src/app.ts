import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import { type App, createServer, errorPage, type ServerContext } from '@contact-sync/service-kit';
import underPressure from '@fastify/under-pressure';
import type { Config } from './config.ts';
import type { IngestPorts } from './ports.ts';
import { internalEventsRoute } from './routes/internal-events.ts';
import { acmecrmRoute } from './routes/webhooks/acmecrm.ts';

export type AppDependencies = { readonly ports: IngestPorts; readonly keys: KeyRing };

export type AppSettings = Pick<
  Config,
  'TOKEN_ISSUER' | 'MAX_IN_FLIGHT_REQUESTS' | 'MAX_IN_FLIGHT_BYTES' | 'MAX_EVENT_LOOP_DELAY_MS'
>;

/** The business port of webhook-ingest. */
export const createApp = async (
  { ports, keys }: AppDependencies,
  config: AppSettings,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(underPressure, {
    maxEventLoopDelay: config.MAX_EVENT_LOOP_DELAY_MS,
    pressureHandler: () => {
      throw new AppError('OVERLOADED', { message: 'Too much at once.', retryAfterMs: 1_000 });
    },
  });
  await app.register(accessPlugin, {
    keys,
    issuer: config.TOKEN_ISSUER,
    internalAudience: 'webhook-ingest',
  });
  await app.register(acmecrmRoute, {
    ports,
    admission: { requests: config.MAX_IN_FLIGHT_REQUESTS, bytes: config.MAX_IN_FLIGHT_BYTES },
  });
  await app.register(errorPage);
  await app.register(internalEventsRoute, { seen: ports.seen });
  return app;
};
