import {
  identitySettings,
  kafkaSettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

const redisUrl = (description: string) =>
  Type.Optional(Type.String({ ...redisSettings.REDIS_URL, description }));

const amount = (fallback: number, maximum: number, description: string, minimum = 1) =>
  Type.Integer({ default: fallback, minimum, maximum, description });

/** webhook-ingest's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3003, opsPort: 3103 }),
  ...kafkaSettings,
  ...redisSettings,
  ...identitySettings,
  ...machineClientSettings,
  REDIS_INGEST_URL: redisUrl('Redis of the dedupe window; REDIS_URL by default'),
  REDIS_RATELIMIT_URL: redisUrl('Redis of the limits; REDIS_URL by default'),
  ACME_SECRETS_FILE: Type.String({
    minLength: 1,
    description: 'JSON file with the shared secrets of AcmeCRM',
  }),
  WEBHOOK_SCHEME: Type.Enum(['acme', 'standard-webhooks'], {
    default: 'acme',
    description: 'How deliveries are signed: X-Acme-* headers, or Standard Webhooks',
  }),
  TIMESTAMP_TOLERANCE_SECONDS: amount(
    300,
    3_600,
    'How far an attempt may be from our clock, either way, in s',
  ),
  DEDUPE_WINDOW_SECONDS: amount(
    86_400,
    604_800,
    'How long a delivered event is remembered, in s; about 450 bytes an event',
    60,
  ),
  QUARANTINE_PER_MINUTE: amount(
    600,
    1_000_000,
    'Refused items of deliveries answered 400 that are kept a minute',
    0,
  ),
  PRODUCE_DEADLINE_MS: amount(3_500, 3_900, "How long to wait for the broker's ack before a 503, in ms", 100),
  SOURCE_LIMIT_PER_SECOND: amount(
    20_000,
    1_000_000,
    'Deliveries a second that the source may send, all copies',
  ),
  SOURCE_LIMIT_BURST: amount(40_000, 10_000_000, 'Deliveries that may come at once after a silence'),
  SOURCE_LIMIT_COPIES: amount(
    3,
    1_000,
    'Highest number of copies: each one keeps its share while Redis is away',
  ),
  MAX_IN_FLIGHT_REQUESTS: amount(
    2_000,
    100_000,
    'Deliveries under way: beyond, what is not whole yet gives way, the rest is answered 503',
  ),
  MAX_IN_FLIGHT_BYTES: amount(
    67_108_864,
    1_073_741_824,
    'Bytes of their bodies, counted as they come, bounded in the same way',
    1_048_576,
  ),
  MAX_EVENT_LOOP_DELAY_MS: amount(
    500,
    10_000,
    'Delay of the event loop from which on load is shed, in ms; 0 sheds none',
    0,
  ),
});
export type Config = Static<typeof Config>;
