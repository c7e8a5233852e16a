import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { letterRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import { type LetterPorts, letterHandlers } from './routes/dead-letters/letter-handlers.ts';

export type AppDependencies = { readonly keys: KeyRing; readonly letters: LetterPorts };

/** The business port of event-worker. */
export const createApp = async (
  { keys, letters }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  await serveRoutes(app, letterRoutes, letterHandlers(letters));
  return app;
};
