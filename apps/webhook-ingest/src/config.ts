import { kafkaSettings, redisSettings, serverSettings } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

/** webhook-ingest's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3003, opsPort: 3103 }),
  ...kafkaSettings,
  ...redisSettings,
  REDIS_INGEST_URL: Type.Optional(
    Type.String({ pattern: '^rediss?://', description: 'Redis of the dedupe window; REDIS_URL by default' }),
  ),
  ACME_SECRETS_FILE: Type.String({
    minLength: 1,
    description: 'JSON file with the shared secrets of AcmeCRM',
  }),
  TIMESTAMP_TOLERANCE_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    maximum: 3_600,
    description: 'How far an attempt may be from our clock, either way, in seconds',
  }),
  DEDUPE_WINDOW_SECONDS: Type.Integer({
    default: 86_400,
    minimum: 60,
    maximum: 604_800,
    description: 'How long a delivered event is remembered, in seconds; about 200 bytes an event',
  }),
  QUARANTINE_PER_MINUTE: Type.Integer({
    default: 600,
    minimum: 0,
    maximum: 1_000_000,
    description: 'Refused items of deliveries answered 400 that are kept a minute',
  }),
  PRODUCE_DEADLINE_MS: Type.Integer({
    default: 3_500,
    minimum: 100,
    maximum: 3_900,
    description: "How long to wait for the broker's ack before answering 503, in ms",
  }),
});
export type Config = Static<typeof Config>;
