import { runService } from '@contact-sync/service-kit';
import { createApp } from './app.ts';
import { readSettings } from './config.ts';
import { connectDependencies } from './dependencies.ts';

await runService({
  name: 'auth-service',
  readConfig: () => readSettings(process.env),
  connect: connectDependencies,
  createApp,
});
