import { type Access, accessPlugin } from '@contact-sync/access';
import { deliveryReplayRoutes, receiptRoutes, webhookRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import {
  type App,
  createServer,
  errorPage,
  type ServerContext,
  serveRoutes,
} from '@contact-sync/service-kit';
import underPressure from '@fastify/under-pressure';
import type { Config } from './config.ts';
import type { IngestPorts } from './ports.ts';
import { receiptHandlers } from './routes/receipts.ts';
import { replayHandlers } from './routes/replays.ts';
import { webhookHandlers, webhookHooks } from './routes/webhooks/webhooks.ts';

export type AppDependencies = Access & { readonly ports: IngestPorts };

export type AppSettings = Pick<
  Config,
  'TOKEN_ISSUER' | 'MAX_IN_FLIGHT_REQUESTS' | 'MAX_IN_FLIGHT_BYTES' | 'MAX_EVENT_LOOP_DELAY_MS'
>;

/** The business port of webhook-ingest. */
export const createApp = async (
  { ports, keys, revocations }: AppDependencies,
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
    revocations,
    issuer: config.TOKEN_ISSUER,
    internalAudience: 'webhook-ingest',
  });
  const admission = { requests: config.MAX_IN_FLIGHT_REQUESTS, bytes: config.MAX_IN_FLIGHT_BYTES };
  await serveRoutes(app, webhookRoutes, webhookHandlers(ports), webhookHooks(admission));
  await app.register(errorPage);
  await serveRoutes(app, receiptRoutes, receiptHandlers(ports.seen));
  await serveRoutes(app, deliveryReplayRoutes, replayHandlers(ports));
  return app;
};
