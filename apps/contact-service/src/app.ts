import { type Access, accessPlugin } from '@contact-sync/access';
import {
  applyRoutes,
  contactRoutes,
  liftRoutes,
  mappingRoutes,
  sourceEventRoutes,
} from '@contact-sync/api-contracts';
import type { CompiledMapping } from '@contact-sync/field-mapper';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { ContactReader } from './ports.ts';
import { applyHandlers, liftHandlers } from './routes/apply.ts';
import { contactHandlers } from './routes/contacts/contact-handlers.ts';
import { contactHooks } from './routes/contacts/contact-hooks.ts';
import { mappingHandlers } from './routes/mappings.ts';
import { sourceEventHandlers } from './routes/source-events.ts';
import type { ApplyPorts } from './use-cases/apply-events.ts';

export type AppDependencies = Access & {
  readonly ports: ApplyPorts & { readonly mapping: CompiledMapping };
  readonly reader: ContactReader;
};

/** The business port of contact-service. */
export const createApp = async (
  { ports, reader, keys, revocations }: AppDependencies,
  config: Pick<Config, 'TOKEN_ISSUER'>,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, {
    keys,
    revocations,
    issuer: config.TOKEN_ISSUER,
    internalAudience: 'contact-service',
  });
  const { mapping } = ports;
  const hooks = contactHooks(mapping.definition.defaultCountry);
  await serveRoutes(app, contactRoutes, contactHandlers(ports, reader), hooks);
  await serveRoutes(app, mappingRoutes, mappingHandlers(mapping));
  await serveRoutes(app, applyRoutes, applyHandlers(ports));
  await serveRoutes(app, liftRoutes, liftHandlers(ports));
  await serveRoutes(app, sourceEventRoutes, sourceEventHandlers(ports.store));
  return app;
};
