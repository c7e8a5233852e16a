import {
  httpUrl,
  identitySettings,
  kafkaSettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

/** event-worker's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3004, opsPort: 3104 }),
  ...kafkaSettings,
  ...redisSettings,
  ...identitySettings,
  ...machineClientSettings,
  CONTACT_URL: httpUrl('contact-service'),
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
});
export type Config = Static<typeof Config>;
