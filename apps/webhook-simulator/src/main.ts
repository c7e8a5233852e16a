import { loadConfig, runService } from '@contact-sync/service-kit';
import { createApp } from './app.ts';
import { Config } from './config.ts';
import { connectDependencies } from './dependencies.ts';

await runService({
  name: 'webhook-simulator',
  readConfig: () => loadConfig(Config, process.env),
  connect: connectDependencies,
  createApp,
});
