import { loadConfig } from '@contact-sync/service-kit';
import { createApp } from './app.ts';
import { Config } from './config.ts';
import { connectDependencies } from './dependencies.ts';

/** What the process is made of. */
export const service = {
  name: 'event-worker',
  readConfig: (environment: NodeJS.ProcessEnv) => loadConfig(Config, environment),
  connect: connectDependencies,
  createApp,
};
