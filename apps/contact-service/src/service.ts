import { loadConfig } from '@contact-sync/service-kit';
import { createApp } from './app.ts';
import { Config } from './config.ts';
import { connectDependencies } from './dependencies.ts';

/** What the process is made of. */
export const service = {
  name: 'contact-service',
  readConfig: (environment: NodeJS.ProcessEnv) => loadConfig(Config, environment),
  connect: connectDependencies,
  createApp,
};
