import { Type } from 'typebox';
import { defaultTimes } from '../server/connection-times.ts';

const time = (fallback: number, maximum: number, description: string) =>
  Type.Integer({ default: fallback, minimum: 100, maximum, description });

/**
 * Where every service listens, how it logs, how long its callers may take and how it ends. Defaults of the ports are
 * each service's own.
 */
export const serverSettings = (ports: { port: number; opsPort: number }) => ({
  HOST: Type.String({ default: '0.0.0.0', pattern: '^[^\\s/]+$', description: 'Address to listen on' }),
  PORT: Type.Integer({ default: ports.port, minimum: 0, maximum: 65_535, description: 'Business port' }),
  OPS_PORT: Type.Integer({
    default: ports.opsPort,
    minimum: 0,
    maximum: 65_535,
    description: 'Port of probes and metrics',
  }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'Least level that is logged',
  }),
  HEADERS_TIMEOUT_MS: time(
    defaultTimes.headersMs,
    60_000,
    'How long the head of a request may take, and a new connection to say something, in ms',
  ),
  REQUEST_TIMEOUT_MS: time(
    defaultTimes.requestMs,
    300_000,
    'How long a request may take to arrive, its whole body included, in ms',
  ),
  KEEP_ALIVE_TIMEOUT_MS: time(
    defaultTimes.keepAliveMs,
    600_000,
    'How long a connection may rest after an answer, in ms; longer than the balancer before it lets it rest',
  ),
  ...tracingSettings,
  // With what closing may take (9.5 s) within the 30 s that Kubernetes gives a process by default.
  DRAIN_DELAY_MS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 20_000,
    description:
      'How long to answer 503 on /readyz before the port closes, in ms; 9.5 s to close come on top',
  }),
});

/** Where spans go to, and how many. */
const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      format: 'http-url',
      pattern: '^https?://[^\\s?#@]+$',
      description: 'Receiver of traces (OTLP over HTTP); without one nothing is traced',
    }),
  ),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'Which part of the traces is kept; give all services the same',
  }),
};

/** An address of a peer, `http` or `https`. It has no path: that is the contract's. */
export const httpUrl = (description: string) =>
  Type.String({ format: 'http-origin', pattern: '^https?://[^/\\s?#@]+/?$', description });

/** A base address, `http` or `https`, that may have a path. */
export const httpBaseUrl = (description: string) =>
  Type.String({ format: 'http-url', pattern: '^https?://[^\\s?#@]+$', description });

/** The one Redis setting that every service with data has. */
export const redisSettings = {
  REDIS_URL: Type.String({
    format: 'redis-url',
    pattern: '^rediss?(-sentinel)?://\\S+$',
    description:
      'Redis with the data, redis://[user:password@]host:port[/db], or redis-sentinel://[user:password@]host:port,host:port[/db]?master=name; rediss for TLS',
    writeOnly: true,
  }),
};

/** How a service verifies tokens and gets its own. */
export const identitySettings = {
  AUTH_URL: httpUrl('auth-service'),
  TOKEN_ISSUER: Type.String({
    default: 'contact-sync',
    minLength: 1,
    description: 'Expected `iss` of tokens',
  }),
};

/** The machine client of a service that calls others. */
export const machineClientSettings = {
  SERVICE_CLIENT_ID: Type.String({ minLength: 1, description: 'Machine client of this service' }),
  SERVICE_CLIENT_SECRET: Type.String({ minLength: 16, writeOnly: true, description: 'Its secret' }),
};
