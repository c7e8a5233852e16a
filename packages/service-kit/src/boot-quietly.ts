import type { FastifyInstance } from 'fastify';
import { createLogger } from './logger.ts';
import { watchDependencies } from './ops/dependency-metrics.ts';
import { Health } from './ops/health.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import type { BaseConfig, Connected, ServiceDefinition } from './run-service.ts';

export type Booted = {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  readonly close: () => Promise<void>;
};

/**
 * For tests: a service as its process makes it, with its real adapters, without ports and without a log. Nothing that it
 * needs has to be there.
 */
export const bootQuietly = async <Config extends BaseConfig, Dependencies extends Connected>(
  service: ServiceDefinition<Config, Dependencies>,
  environment: NodeJS.ProcessEnv,
): Promise<Booted> => {
  const config = service.readConfig(environment);
  const metrics = createMetrics(service.name);
  const context = {
    logger: createLogger({ service: service.name, level: 'silent' }),
    metrics,
    onFatal: () => undefined,
  };
  const dependencies = await service.connect(config, context);
  watchDependencies(new Health(dependencies.checks), metrics);
  const app = await service.createApp(dependencies, config, context);
  await app.ready();
  return {
    app,
    metrics,
    close: async () => {
      await app.close();
      await dependencies.close();
    },
  };
};
