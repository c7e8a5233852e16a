import { limits } from '@contact-sync/domain';
import {
  httpUrl,
  identitySettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

const perMinute = (defaultValue: number, description: string) =>
  Type.Integer({ default: defaultValue, minimum: 1, maximum: 10_000_000, description });

const timeoutMs = (defaultValue: number, description: string) =>
  Type.Integer({ default: defaultValue, minimum: 100, maximum: 60_000, description });

const atOnce = (defaultValue: number, description: string) =>
  Type.Integer({ default: defaultValue, minimum: 1, maximum: 10_000, description });

/** The settings of gateway-api. */
export const Config = Type.Object({
  ...serverSettings({ port: 3000, opsPort: 3100 }),
  ...identitySettings,
  ...machineClientSettings,
  CONTACT_URL: httpUrl('contact-service'),
  WORKER_URL: httpUrl('event-worker'),
  SIMULATOR_URL: httpUrl('webhook-simulator'),
  ...redisSettings,
  REDIS_RATELIMIT_URL: Type.Optional(
    Type.String({ ...redisSettings.REDIS_URL, description: 'Redis of the limits; REDIS_URL where absent' }),
  ),
  TRUSTED_PROXIES: Type.Array(Type.String({ format: 'cidr', pattern: '^[0-9a-fA-F.:]+(/\\d{1,3})?$' }), {
    separator: ',',
    default: [],
    description: 'CIDRs of proxies before the gateway whose X-Forwarded-For is believed, comma-separated',
  }),
  CORS_ORIGINS: Type.Array(Type.String({ format: 'http-origin', pattern: '^https?://[^/*,]+$' }), {
    separator: ',',
    default: [],
    description: 'Origins of web pages whose scripts may read the answers, comma-separated; none by default',
  }),
  UPSTREAM_TIMEOUT_MS: timeoutMs(
    10_000,
    'How long a request may take from its arrival until its answer begins, in ms, where its contract says nothing',
  ),
  HEAVY_TIMEOUT_MS: timeoutMs(20_000, 'The same for routes of the limit class heavy'),
  BODY_LIMIT_BYTES: Type.Integer({
    default: limits.contactBytes,
    minimum: 1_024,
    maximum: 67_108_864,
    description:
      'Upper bound of the bodies that the contracts allow; a contact in the longest spelling by default',
  }),
  BODIES_LIMIT_BYTES: Type.Integer({
    default: 67_108_864,
    minimum: 1_048_576,
    maximum: 4_294_967_296,
    description: 'Bytes of bodies that are held at once before others are answered 503',
  }),
  UPSTREAM_REQUESTS: atOnce(128, 'Requests under way at each service, each on a connection of its own'),
  UPSTREAM_REQUESTS_WAITING: atOnce(
    512,
    'Requests that may wait for a service before others are answered 503',
  ),
  CALLER_REQUESTS: atOnce(
    100,
    'Requests that each principal, or each address without one, may have under way; below UPSTREAM_REQUESTS',
  ),
  LIMIT_PER_MINUTE: perMinute(
    6_000,
    'Requests a minute for each principal, and for each address without one; a heavy one counts tenfold',
  ),
  LOGIN_LIMIT_PER_MINUTE: perMinute(30, 'Logins and token requests a minute for each address'),
  REFRESH_LIMIT_PER_MINUTE: perMinute(120, 'Renewals of tokens a minute for each address'),
  LIMIT_COPIES: Type.Integer({
    default: 4,
    minimum: 1,
    maximum: 1_000,
    description:
      'Highest number of copies of the gateway; its share of a limit while Redis is away is one in so many',
  }),
});
export type Config = Readonly<Static<typeof Config>>;
