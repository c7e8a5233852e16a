import { accessPlugin, type KeyRing } from '@contact-sync/access';
import type { CompiledMapping } from '@contact-sync/field-mapper';
import { type App, createServer, type ServerContext } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { ContactReader } from './ports.ts';
import { contactRoutes } from './routes/contacts/index.ts';
import { applyRoute } from './routes/internal/apply.ts';
import { mappingRoutes } from './routes/mappings/index.ts';
import type { ApplyPorts } from './use-cases/apply-events.ts';

export type AppDependencies = {
  readonly ports: ApplyPorts & { readonly mapping: CompiledMapping };
  readonly reader: ContactReader;
  readonly keys: KeyRing;
};

/** The business port of contact-service. */
export const createApp = async (
  { ports, reader, keys }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, {
    keys,
    issuer: config.TOKEN_ISSUER,
    internalAudience: 'contact-service',
  });
  await app.register(contactRoutes, { prefix: '/api/v1/contacts', ports, reader });
  await app.register(mappingRoutes, { prefix: '/api/v1/mappings', mapping: ports.mapping });
  await app.register(applyRoute, { ports });
  return app;
};
