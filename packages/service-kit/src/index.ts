export { type Check, compileCheck } from '@contact-sync/domain';
export { type Bulkhead, createBulkhead } from './bulkhead.ts';
export { compileSettingsCheck } from './config/formats.ts';
export { type KafkaAccess, kafkaAccess, kafkaSettings } from './config/kafka-access.ts';
export { ConfigError, loadConfig, settingFault } from './config/load-config.ts';
export {
  httpBaseUrl,
  httpUrl,
  identitySettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from './config/settings.ts';
export { type CallObserver, observeCalls, outcomeOfStatus } from './http-client/client-metrics.ts';
export {
  createHttpClient,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from './http-client/http-client.ts';
export { createLogger, type Logger } from './logger.ts';
export { Health, type HealthCheck, type HealthReport } from './ops/health.ts';
export { producerMetrics } from './ops/kafka-metrics.ts';
export {
  Counter,
  createCounter,
  createHistogram,
  createMetrics,
  Gauge,
  Histogram,
  type Metrics,
  oncePerRegistry,
} from './ops/metrics.ts';
export { redisMetrics } from './ops/redis-metrics.ts';
export { type Connected, runService, type ServiceContext, type ServiceDefinition } from './run-service.ts';
export { type App, createServer, type ServerContext, type ServerOptions } from './server/create-server.ts';
export { sendProblem } from './server/error-answers.ts';
export { errorPage } from './server/error-page.ts';
export { toAppError, toProblem } from './server/problem.ts';
export {
  type RequestTo,
  type RouteHandler,
  type RouteHandlers,
  type RouteHooks,
  routePattern,
  serveRoutes,
} from './server/serve-routes.ts';
export { apartFromTraces, inOwnTrace, type TraceEnd } from './tracing/own-trace.ts';
export {
  beginStep,
  continueTrace,
  currentTraceparent,
  notedTrace,
  noteTraces,
} from './tracing/traceparent.ts';
