import { Type } from 'typebox';

/** Where every service listens, how it logs and how it ends. Defaults of the ports are each service's own. */
export const serverSettings = (ports: { port: number; opsPort: number }) => ({
  HOST: Type.String({ default: '0.0.0.0', description: 'Address to listen on' }),
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
  DRAIN_DELAY_MS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 30_000,
    description: 'How long to answer 503 on /readyz before the port closes, in ms',
  }),
});

const url = (description: string, protocols: string) =>
  Type.String({ pattern: `^(${protocols})://[^\\s]+$`, description });

/** An address of a peer, `http` or `https`, without a trailing path. */
export const httpUrl = (description: string) => url(description, 'https?');

/** The one Redis setting that every service with data has. */
export const redisSettings = {
  REDIS_URL: url('Redis with the data, redis://[user:password@]host:port[/db]', 'rediss?'),
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
  SERVICE_CLIENT_SECRET: Type.String({ minLength: 16, description: 'Its secret' }),
};
