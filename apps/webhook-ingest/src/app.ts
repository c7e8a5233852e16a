import { type App, createServer, type ServiceContext } from '@contact-sync/service-kit';
import type { IngestPorts } from './ports.ts';
import { acmecrmRoute } from './routes/webhooks/acmecrm.ts';

/** The business port of webhook-ingest. */
export const createApp = async (
  dependencies: { readonly ports: IngestPorts },
  _config: unknown,
  context: Pick<ServiceContext, 'logger' | 'metrics'>,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(acmecrmRoute, { ports: dependencies.ports });
  return app;
};
