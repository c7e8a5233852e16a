import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { eventRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { FatePorts } from './fates/ports.ts';
import { eventHandlers } from './routes/events.ts';

export type AppDependencies = { readonly keys: KeyRing; readonly fates: FatePorts };

/** The business port of event-worker. */
export const createApp = async (
  { keys, fates }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  await serveRoutes(app, eventRoutes, eventHandlers(fates));
  return app;
};
