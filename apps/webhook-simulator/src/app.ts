import { accessPlugin } from '@contact-sync/access';
import { acmeRoutes, simulatorRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { conductHandlers } from './routes/acme-conduct.ts';
import { guardByApiKey } from './routes/api-key.ts';
import { behaveAs } from './routes/behave.ts';
import { crmHandlers } from './routes/crm-handlers.ts';
import { deliveryHandlers } from './routes/deliveries.ts';
import { runHandlers } from './routes/runs.ts';
import { simulatorHandlers } from './routes/simulator.ts';

export type AppDependencies = Omit<Dependencies, 'checks' | 'close'>;

export type AppConfig = Pick<
  Config,
  'TOKEN_ISSUER' | 'SIMULATOR_ENABLED' | 'ACME_API_KEY' | 'ACME_REQUESTS_PER_SECOND'
>;

/** Where the simulator is disabled only its status answers, and says so. */
const refuseWhereDisabled = (app: App): void => {
  app.addHook('preHandler', async ({ routeOptions }) => {
    if (routeOptions.config.contract?.name === 'getSimulatorStatus') return;
    throw new AppError('SIMULATOR_DISABLED', {
      message: 'The simulator is disabled here, by configuration.',
    });
  });
};

/** The business port of webhook-simulator. */
export const createApp = async (
  dependencies: AppDependencies,
  config: AppConfig,
  context: ServerContext,
): Promise<App> => {
  const { keys, revocations, runner, deliveries, log, targets, crm, crmStore, conduct, buckets, clock } =
    dependencies;
  const enabled = config.SIMULATOR_ENABLED;
  const draining = context.draining ?? new AbortController().signal;
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, revocations, issuer: config.TOKEN_ISSUER });
  if (!enabled) refuseWhereDisabled(app);
  await serveRoutes(app, simulatorRoutes, {
    ...simulatorHandlers({ runner, log, targets, enabled, draining, clock }),
    ...runHandlers(runner),
    ...deliveryHandlers(deliveries, log, draining),
    ...conductHandlers(conduct),
  });
  await app.register(async (acme: App) => {
    const { ACME_API_KEY: apiKey, ACME_REQUESTS_PER_SECOND: ratePerSecond } = config;
    guardByApiKey(acme, { apiKey, buckets, ratePerSecond });
    behaveAs(acme, { conduct, clock, draining });
    await serveRoutes(acme, acmeRoutes, crmHandlers(crm, crmStore));
  });
  return app;
};
