import {
  identitySettings,
  kafkaSettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

/** contact-service's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3002, opsPort: 3102 }),
  ...redisSettings,
  ...kafkaSettings,
  ...identitySettings,
  ...machineClientSettings,
  MAPPING_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'JSON file that extends the built-in field mapping' }),
  ),
  DEFAULT_COUNTRY: Type.String({
    default: 'US',
    pattern: '^[A-Z]{2}$',
    description: 'Country of phone numbers without a prefix, ISO 3166-1 alpha-2',
  }),
  OUTBOX_LEASE_MS: Type.Integer({
    default: 5_000,
    minimum: 500,
    maximum: 60_000,
    description: 'How long a silent copy keeps the right to relay outgoing events, in ms',
  }),
  NEAR_CACHE_BYTES: Type.Integer({
    default: 32 * 1_048_576,
    minimum: 65_536,
    maximum: 4_294_967_296,
    description: 'What contacts that are kept in memory for reads may take, in bytes; one takes some 2 kB',
  }),
  TOMBSTONE_RETENTION_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3_650,
    description: 'How long a deleted contact stays whole; longer than every topic of infra/kafka/topics.yaml',
  }),
  TOMBSTONE_SWEEP_INTERVAL_MS: Type.Integer({
    default: 60_000,
    minimum: 100,
    maximum: 3_600_000,
    description: 'Between two looks for deleted contacts whose time is over, in ms',
  }),
  WRITE_BACK_LEASE_MS: Type.Integer({
    default: 15_000,
    minimum: 100,
    maximum: 600_000,
    description:
      'How long a write to AcmeCRM that is not answered is taken to be on its way, in ms; then it is made again',
  }),
  CONFLICT_LIMIT: Type.Integer({
    default: 10_000,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Entries of the conflict inbox; beyond them the oldest go',
  }),
  HISTORY_LIMIT: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 10_000,
    description: 'History entries that are kept for each contact',
  }),
});
export type Config = Static<typeof Config>;
