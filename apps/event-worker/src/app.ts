import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { type App, createServer, type ServerContext } from '@contact-sync/service-kit';
import type { Config } from './config.ts';

/** The business port of event-worker. */
export const createApp = async (
  { keys }: { readonly keys: KeyRing },
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  return app;
};
