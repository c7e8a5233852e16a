import { createApp } from './app.ts';
import { readSettings } from './config.ts';
import { connectDependencies } from './dependencies.ts';

/** What the process is made of. */
export const service = {
  name: 'auth-service',
  readConfig: readSettings,
  connect: connectDependencies,
  createApp,
};
