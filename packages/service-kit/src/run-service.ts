import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ConfigError } from './config/load-config.ts';
import { createClosers } from './lifecycle/closers.ts';
import { guardProcess } from './lifecycle/guard-process.ts';
import { createLogger, type Logger } from './logger.ts';
import { watchDependencies } from './ops/dependency-metrics.ts';
import { Health, type HealthCheck } from './ops/health.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { createOpsServer } from './ops/ops-server.ts';
import type { ConnectionTimes } from './server/connection-times.ts';
import type { ServerContext } from './server/create-server.ts';
import { startTracing, type TracingSettings } from './tracing/start-tracing.ts';

/** Settings that every service has. */
export type BaseConfig = TracingSettings & {
  readonly HOST: string;
  readonly PORT: number;
  readonly OPS_PORT: number;
  readonly LOG_LEVEL: string;
  readonly HEADERS_TIMEOUT_MS: number;
  readonly REQUEST_TIMEOUT_MS: number;
  readonly KEEP_ALIVE_TIMEOUT_MS: number;
  readonly DRAIN_DELAY_MS: number;
};

/** What the process gives to everything in it. */
export type ServiceContext = ServerContext & {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Ends the process in an orderly way after a fault that it cannot live with. */
  readonly onFatal: (error: Error) => void;
};

/** Connected adapters. `checks` decide readiness; `close` flushes and releases within the grace period. */
export type Connected = {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly close: () => Promise<void>;
  /** False where the process has stopped working and only a new one helps; true by default. Dependencies are not asked. */
  readonly isAlive?: () => boolean;
};

export type ServiceDefinition<Config extends BaseConfig, Dependencies extends Connected> = {
  readonly name: string;
  /** Reads the settings; throws {@link ConfigError}. */
  readonly readConfig: (environment: NodeJS.ProcessEnv) => Config;
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

/** What closing may take, once the port is not asked any more (reliability 27). */
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

const timesOf = (config: BaseConfig): ConnectionTimes => ({
  headersMs: config.HEADERS_TIMEOUT_MS,
  requestMs: config.REQUEST_TIMEOUT_MS,
  keepAliveMs: config.KEEP_ALIVE_TIMEOUT_MS,
});

const listenFaults: Readonly<Record<string, (setting: 'PORT' | 'OPS_PORT', port: number) => string>> = {
  EADDRINUSE: (setting, port) =>
    `${setting}: ${port} is taken, for example ${setting}=${port === 65_535 ? port - 1 : port + 1}`,
  EACCES: (setting) => `${setting}: may not be listened on by this user, for example ${setting}=3000`,
  EADDRNOTAVAIL: () => 'HOST: is no address of this machine, for example HOST=0.0.0.0',
  ENOTFOUND: () => 'HOST: is no address and no known name, for example HOST=0.0.0.0',
  EAI_AGAIN: () => 'HOST: is no address and no known name, for example HOST=0.0.0.0',
};

/** Opens a port. Where it cannot be opened that is a setting's fault, and a {@link ConfigError}. */
const listen = async (
  server: FastifyInstance,
  config: BaseConfig,
  setting: 'PORT' | 'OPS_PORT',
): Promise<void> => {
  try {
    await server.listen({ host: config.HOST, port: config[setting] });
  } catch (error) {
    const describe = listenFaults[(error as NodeJS.ErrnoException).code ?? ''];
    throw describe ? new ConfigError([describe(setting, config[setting])]) : error;
  }
};

/** Tells balancers and callers to go elsewhere, and gives them time to hear it. */
const drain = async (health: Health, draining: AbortController, delayMs: number): Promise<void> => {
  health.markDraining();
  draining.abort();
  await pause(delayMs);
};

/**
 * A service's whole life: settings (all faults at once, exit 1), log, dependencies, ports. On SIGTERM or SIGINT first
 * not ready for `DRAIN_DELAY_MS`, then no new connections, what is under way answered, dependencies flushed and closed
 * within 9.5 s more, exit 0. What ends otherwise, and with which code, is {@link guardProcess}'s.
 */
export const runService = async <Config extends BaseConfig, Dependencies extends Connected>(
  service: ServiceDefinition<Config, Dependencies>,
  environment: NodeJS.ProcessEnv,
): Promise<void> => {
  const config = configOrExit(() => service.readConfig(environment));
  const tracing = await startTracing(service.name, config);
  const isTraced = tracing !== undefined;
  const logger = createLogger({ service: service.name, level: config.LOG_LEVEL, isTraced });
  const closers = createClosers(logger);
  if (tracing) closers.add('tracing', tracing.stop);
  const fail = guardProcess({ logger, closers, withinMs: config.DRAIN_DELAY_MS + GRACE_MS });
  const metrics = createMetrics(service.name);
  const draining = new AbortController();
  const times = timesOf(config);
  const context: ServiceContext = {
    logger,
    metrics,
    times,
    draining: draining.signal,
    onFatal: fail,
    isTraced,
  };
  const dependencies = await service.connect(config, context).catch(orExit);
  closers.add('dependencies', dependencies.close);
  const health = new Health(dependencies.checks);
  watchDependencies(health, metrics);
  const { isAlive } = dependencies;
  const ops = createOpsServer({ health, metrics, ...(isAlive !== undefined && { isAlive }) });
  closers.add('ops port', () => ops.close());
  const app = await service.createApp(dependencies, config, context);
  closers.add('port', () => app.close());
  await listen(ops, config, 'OPS_PORT').catch(orExit);
  await listen(app, config, 'PORT').catch(orExit);
  closers.add('drain', () => drain(health, draining, config.DRAIN_DELAY_MS));
  health.markStarted();
  logger.info({ port: config.PORT, opsPort: config.OPS_PORT }, 'listening');
};
