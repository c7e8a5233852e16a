import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { eventRoutes, letterRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { FatePorts } from './fates/ports.ts';
import { type LetterPorts, letterHandlers } from './routes/dead-letters/letter-handlers.ts';
import { eventHandlers } from './routes/events.ts';

export type AppDependencies = {
  readonly keys: KeyRing;
  readonly fates: FatePorts;
  readonly letters: LetterPorts;
};

type Settings = Pick<Config, 'TOKEN_ISSUER'>;

/** The server of event-worker, open to whoever has a token, with no route yet. */
export const createSecuredServer = async (
  { keys }: Pick<AppDependencies, 'keys'>,
  config: Settings,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  return app;
};

/** The business port of event-worker. */
export const createApp = async (
  { keys, fates, letters }: AppDependencies,
  config: Settings,
  context: ServerContext,
): Promise<App> => {
  const app = await createSecuredServer({ keys }, config, context);
  await serveRoutes(app, eventRoutes, eventHandlers(fates));
  await serveRoutes(app, letterRoutes, letterHandlers(letters));
  return app;
};
