import { type Access, accessPlugin } from '@contact-sync/access';
import {
  applyRoutes,
  conflictRoutes,
  contactRoutes,
  liftRoutes,
  mappingRoutes,
  mirrorRoutes,
  sourceEventRoutes,
  writeBackRoutes,
} from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { ContactReader, MirrorWalk } from './ports.ts';
import { applyHandlers, liftHandlers } from './routes/apply.ts';
import { conflictHandlers } from './routes/conflicts.ts';
import { contactHandlers } from './routes/contacts/contact-handlers.ts';
import { contactHooks } from './routes/contacts/contact-hooks.ts';
import { mappingHandlers } from './routes/mappings.ts';
import { mirrorHandlers } from './routes/mirrors.ts';
import { sourceEventHandlers } from './routes/source-events.ts';
import { writeBackHandlers } from './routes/write-backs.ts';
import type { ApplyPorts } from './use-cases/apply-events.ts';
import type { WriteBackPorts } from './use-cases/plan-write-backs.ts';
import type { MappingPorts } from './use-cases/read-mappings.ts';

export type AppDependencies = Access & {
  readonly ports: ApplyPorts & WriteBackPorts & MappingPorts & { readonly walk: MirrorWalk };
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
  await serveRoutes(app, mappingRoutes, mappingHandlers(ports));
  await serveRoutes(app, conflictRoutes, conflictHandlers(ports));
  await serveRoutes(app, applyRoutes, applyHandlers(ports));
  await serveRoutes(app, liftRoutes, liftHandlers(ports));
  await serveRoutes(app, writeBackRoutes, writeBackHandlers(ports));
  await serveRoutes(app, mirrorRoutes, mirrorHandlers(ports));
  await serveRoutes(app, sourceEventRoutes, sourceEventHandlers(ports.store));
  return app;
};
