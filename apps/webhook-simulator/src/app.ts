import { accessPlugin, type KeyRing } from '@contact-sync/access';
import { type App, createServer, type ServerContext } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import { runRoutes } from './routes/runs/index.ts';
import type { Runner } from './use-cases/runner.ts';

export type AppDependencies = { readonly runner: Runner; readonly keys: KeyRing };

/** The business port of webhook-simulator. */
export const createApp = async (
  { runner, keys }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer: config.TOKEN_ISSUER });
  await app.register(runRoutes, { prefix: '/api/v1/simulator/runs', runner });
  return app;
};
