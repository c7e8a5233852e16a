import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { httpMetrics } from '../ops/http-metrics.ts';
import type { Metrics } from '../ops/metrics.ts';
import { serverSpans } from '../tracing/server-spans.ts';
import { assertOneHost } from './assert-one-host.ts';
import { awaitHandlers } from './await-handlers.ts';
import { answerClientErrors } from './client-errors.ts';
import { closedRoutes } from './closed-routes.ts';
import { type ConnectionTimes, defaultTimes, httpOptions } from './connection-times.ts';
import { drainConnections, LAST_ANSWERS_MS } from './drain-connections.ts';
import { errorAnswers, sendProblem } from './error-answers.ts';
import { readAsJson } from './json-bodies.ts';
import { plainBodies } from './plain-bodies.ts';
import { toAppError } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import { requestLog } from './request-log.ts';
import { RequestLogger } from './request-logger.ts';
import { sendTogether } from './send-together.ts';
import { createValidatorCompiler } from './validation.ts';

/** A Fastify app whose routes take their types from TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What a process gives to its server; a test may leave out what it does not care for. */
export type ServerContext = {
  readonly logger: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly times?: ConnectionTimes;
  /** Aborted once the process is on its way out. */
  readonly draining?: AbortSignal;
  /** Whether requests have spans; they cost nothing where they do not. */
  readonly isTraced?: boolean;
  /** Registered before any route, for what looks at all of them: tests hold every answer against its contract. */
  readonly plugins?: readonly FastifyPluginAsync[];
};

export type ServerOptions = ServerContext & {
  /** Largest body, in bytes. */
  readonly bodyLimit?: number;
  /** CIDRs of proxies whose X-Forwarded-For is believed; none by default. */
  readonly trustedProxies?: readonly string[];
  /** Sees a request whose path cannot be decoded, which no hook does; what it throws is answered instead. */
  readonly onUndecodable?: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
};

/**
 * A Fastify server with the house's rules built in: closed routes, strict bodies, problem+json, a request id, one log
 * line and one histogram sample a request, time-outs against slow senders, and an end at which nobody's request fails.
 */
export const createServer = async (options: ServerOptions): Promise<App> => {
  const times = options.times ?? defaultTimes;
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    childLoggerFactory: (logger, bindings) => new RequestLogger(logger, bindings),
    bodyLimit: options.bodyLimit ?? 65_536,
    http: httpOptions(times),
    clientErrorHandler: answerClientErrors(options.logger),
    // Fastify puts its own defaults over Node's settings.
    requestTimeout: times.requestMs,
    keepAliveTimeout: times.keepAliveMs,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    forceCloseConnections: 'idle',
    // A request that still came in is served like those before it, instead of with an answer of Fastify's own.
    return503OnClosing: false,
    // A path that cannot be decoded never reaches a route or its error handler.
    frameworkErrors: (error, request, reply) => {
      const seen = options.onUndecodable?.(request, reply) ?? Promise.resolve();
      const answer = (fault: unknown) => sendProblem(request, reply, toAppError(fault));
      seen.then(() => void answer(error), answer);
    },
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.removeContentTypeParser('application/json');
  readAsJson(app, 'application/json');
  app.setValidatorCompiler(createValidatorCompiler());
  await app.register(errorAnswers);
  if (options.isTraced) await app.register(serverSpans);
  await app.register(requestLog);
  await app.register(httpMetrics, { metrics: options.metrics });
  await app.register(plainBodies);
  app.addHook('onRequest', assertOneHost);
  await app.register(closedRoutes);
  await app.register(drainConnections, { draining: options.draining });
  await app.register(awaitHandlers, { withinMs: LAST_ANSWERS_MS });
  await app.register(sendTogether);
  for (const plugin of options.plugins ?? []) await app.register(plugin);
  return app;
};
