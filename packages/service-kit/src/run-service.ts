import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { ConfigError } from './config/load-config.ts';
import { createLogger, type Logger } from './logger.ts';
import { Health, type HealthCheck } from './ops/health.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { createOpsServer } from './ops/ops-server.ts';

type BaseConfig = {
  readonly HOST: string;
  readonly PORT: number;
  readonly OPS_PORT: number;
  readonly LOG_LEVEL: string;
  readonly DRAIN_DELAY_MS: number;
};

/** What the process gives to everything in it. */
export type ServiceContext = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Ends the process in an orderly way after a fault that it cannot live with. */
  readonly onFatal: (error: Error) => void;
};

/** Connected adapters. `checks` decide readiness; `close` flushes and releases within the grace period. */
export type Connected = {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly close: () => Promise<void>;
};

export type ServiceDefinition<Config extends BaseConfig, Dependencies extends Connected> = {
  readonly name: string;
  /** Reads the settings; throws {@link ConfigError}. */
  readonly readConfig: () => Config;
  /**
   * Must not wait for dependencies that are away: readiness tells of them. A file that a setting names and that cannot
   * be used is a {@link ConfigError}.
   */
  readonly connect: (config: Config, context: ServiceContext) => Promise<Dependencies>;
  readonly createApp: (
    dependencies: Dependencies,
    config: Config,
    context: ServiceContext,
  ) => Promise<FastifyInstance>;
};

const GRACE_MS = 9_500;

const orExit = (error: unknown): never => {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return process.exit(1);
};

const configOrExit = <Config>(read: () => Config): Config => {
  try {
    return read();
  } catch (error) {
    return orExit(error);
  }
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Releases what has been opened so far, newest first. */
const createClosers = () => {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  return {
    add: (close: () => Promise<unknown> | unknown) => closers.push(close),
    closeAll: async () => {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
};

const guardProcess = (logger: Logger, closeAll: () => Promise<void>) =>
  closeWithGrace(
    {
      delay: GRACE_MS,
      logger: false,
      // A terminal's Ctrl-C reaches a child twice; the grace period bounds the wait anyway.
      onSecondSignal: (signal) => logger.info({ signal }, 'already stopping'),
    },
    async ({ err, signal }) => {
      if (err) logger.fatal({ err }, 'stopping after a fault');
      else logger.info({ signal }, 'stopping');
      await closeAll();
      logger.info('stopped');
    },
  );

/**
 * A service's whole life: settings (all faults at once, exit 1), log, dependencies, ports; on SIGTERM or SIGINT first
 * not ready, then no new requests, then in-flight ones finished, then dependencies flushed and closed, within 10 s
 * (reliability 27).
 */
export const runService = async <Config extends BaseConfig, Dependencies extends Connected>(
  service: ServiceDefinition<Config, Dependencies>,
): Promise<void> => {
  const config = configOrExit(service.readConfig);
  const logger = createLogger({ service: service.name, level: config.LOG_LEVEL });
  const metrics = createMetrics(service.name);
  const closers = createClosers();
  guardProcess(logger, closers.closeAll);
  const context: ServiceContext = {
    logger,
    metrics,
    // Thrown outside every caller, so that the process guard sees it.
    onFatal: (error) =>
      setImmediate(() => {
        throw error;
      }),
  };
  const dependencies = await service.connect(config, context).catch(orExit);
  closers.add(dependencies.close);
  const health = new Health(dependencies.checks);
  const ops = createOpsServer({ health, metrics });
  closers.add(() => ops.close());
  const app = await service.createApp(dependencies, config, context);
  closers.add(() => app.close());
  closers.add(async () => {
    health.markDraining();
    await pause(config.DRAIN_DELAY_MS);
  });
  await ops.listen({ host: config.HOST, port: config.OPS_PORT });
  await app.listen({ host: config.HOST, port: config.PORT });
  health.markStarted();
  logger.info({ port: config.PORT, opsPort: config.OPS_PORT }, 'listening');
};
