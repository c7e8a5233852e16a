import {
  httpBaseUrl,
  httpUrl,
  identitySettings,
  kafkaSettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import { sweepSettings } from './sweep/settings.ts';

/** The way to AcmeCRM (design section 6). */
const writeBackSettings = {
  ACME_API_URL: Type.Optional(httpBaseUrl("AcmeCRM's REST API; nothing is written to AcmeCRM where absent")),
  ACME_API_KEY: Type.Optional(
    Type.String({
      minLength: 1,
      writeOnly: true,
      description: "Our key of AcmeCRM's API; needed with its address",
    }),
  ),
  ACME_TIMEOUT_MS: Type.Integer({
    default: 5_000,
    minimum: 100,
    maximum: 60_000,
    description: 'How long AcmeCRM may take for one request, in ms',
  }),
  ACME_WRITES_PER_SECOND: Type.Integer({
    default: 25,
    minimum: 1,
    maximum: 10_000,
    description: 'Requests a second that the writer makes to AcmeCRM at most, over all copies',
  }),
  ACME_WRITE_BACK_DELETES: Type.Boolean({
    default: false,
    description: 'Whether a contact that is deleted here is deleted in AcmeCRM too',
  }),
  ACME_BRAKE_COUNT: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Deletes within ten minutes, written or swept, after which both wait for an operator',
  }),
  ACME_BRAKE_SHARE: Type.Number({
    default: 0.05,
    minimum: 0,
    maximum: 1,
    description: 'The same as a share of all contacts, from 20 of them on',
  }),
  REDIS_RATELIMIT_URL: Type.Optional(
    Type.String({ ...redisSettings.REDIS_URL, description: 'Redis of the limits; REDIS_URL where absent' }),
  ),
};

/** event-worker's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3004, opsPort: 3104 }),
  ...kafkaSettings,
  ...redisSettings,
  ...identitySettings,
  ...machineClientSettings,
  CONTACT_URL: httpUrl('contact-service'),
  INGEST_URL: httpUrl('webhook-ingest'),
  APPLY_TIMEOUT_MS: Type.Integer({
    default: 10_000,
    minimum: 100,
    maximum: 60_000,
    description: 'How long contact-service may take for one batch, in ms',
  }),
  CONSUME_CONCURRENCY: Type.Integer({
    default: 4,
    minimum: 1,
    maximum: 64,
    description:
      'Partitions that are worked off at the same time, those aside whose batch takes longer than 250 ms',
  }),
  FATES_KEPT_SECONDS: Type.Integer({
    default: 86_400,
    minimum: 60,
    maximum: 2_592_000,
    description: 'How long it is kept what became of an event, in s',
  }),
  FATES_KEPT_EVENTS: Type.Integer({
    default: 500_000,
    minimum: 1_000,
    maximum: 100_000_000,
    description:
      'Events at most of which that is kept, the oldest are forgotten first; about 400 bytes an event and 300 a contact',
  }),
  ...writeBackSettings,
  ...sweepSettings,
  LETTERS_MAX: Type.Integer({
    default: 50_000,
    minimum: 100,
    maximum: 10_000_000,
    description: 'Dead letters and quarantined deliveries in the index; beyond, the oldest leave it',
  }),
});
export type Config = Static<typeof Config>;
