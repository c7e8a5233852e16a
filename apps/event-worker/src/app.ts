import { type Access, accessPlugin } from '@contact-sync/access';
import { type App, createServer, type ServerContext } from '@contact-sync/service-kit';
import type { Config } from './config.ts';

/** The business port of event-worker. */
export const createApp = async (
  { keys, revocations }: Access,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, revocations, issuer: config.TOKEN_ISSUER });
  return app;
};
