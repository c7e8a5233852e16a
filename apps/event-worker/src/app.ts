import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { consumerRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { BrakeOperator } from './ports.ts';
import { consumerHandlers } from './routes/consumers.ts';

export type AppDependencies = { readonly keys: KeyRing; readonly brake: BrakeOperator };

/** The business port of event-worker. */
export const createApp = async (
  { keys, brake }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  await serveRoutes(app, consumerRoutes, consumerHandlers(brake, context.logger));
  return app;
};
