import { type Access, accessPlugin } from '@contact-sync/access';
import { simulatorRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import { runHandlers } from './routes/runs.ts';
import type { Runner } from './use-cases/runner.ts';

export type AppDependencies = Access & { readonly runner: Runner };

/** The business port of webhook-simulator. */
export const createApp = async (
  { runner, keys, revocations }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, revocations, issuer: config.TOKEN_ISSUER });
  await serveRoutes(app, simulatorRoutes, runHandlers(runner));
  return app;
};
