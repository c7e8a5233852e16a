import { type Access, accessPlugin } from '@contact-sync/access';
import {
  consumerRoutes,
  eventRoutes,
  letterRoutes,
  pipelineRoutes,
  rewindRoutes,
  sweepRoutes,
} from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Config } from './config.ts';
import type { FatePorts } from './fates/ports.ts';
import type { PipelinePorts } from './pipeline/read-pipeline.ts';
import type { ConsumerGroup } from './ports.ts';
import { consumerHandlers } from './routes/consumers.ts';
import { type LetterPorts, letterHandlers } from './routes/dead-letters/letter-handlers.ts';
import { eventHandlers } from './routes/events.ts';
import { pipelineHandlers } from './routes/pipeline.ts';
import { type RewindRoutePorts, rewindHandlers } from './routes/rewinds/rewind-handlers.ts';
import { type SweepRoutePorts, sweepHandlers } from './routes/sweeps/sweep-handlers.ts';

export type AppDependencies = Access & {
  readonly fates: FatePorts;
  readonly letters: LetterPorts;
  readonly rewinds: RewindRoutePorts;
  readonly sweeps: SweepRoutePorts;
  readonly groups: readonly ConsumerGroup[];
  readonly pipeline: PipelinePorts;
};

type Settings = Pick<Config, 'TOKEN_ISSUER'>;

/** The server of event-worker, open to whoever has a token, with no route yet. */
export const createSecuredServer = async (
  { keys, revocations }: Access,
  config: Settings,
  context: ServerContext,
): Promise<App> => {
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, revocations, issuer: config.TOKEN_ISSUER });
  return app;
};

/** The business port of event-worker. */
export const createApp = async (
  { fates, letters, rewinds, sweeps, groups, pipeline, ...access }: AppDependencies,
  config: Settings,
  context: ServerContext,
): Promise<App> => {
  const app = await createSecuredServer(access, config, context);
  await serveRoutes(app, eventRoutes, eventHandlers(fates));
  await serveRoutes(app, letterRoutes, letterHandlers(letters));
  await serveRoutes(app, rewindRoutes, rewindHandlers(rewinds));
  await serveRoutes(app, sweepRoutes, sweepHandlers(sweeps));
  await serveRoutes(app, consumerRoutes, consumerHandlers(groups, context.logger));
  await serveRoutes(app, pipelineRoutes, pipelineHandlers(pipeline));
  return app;
};
