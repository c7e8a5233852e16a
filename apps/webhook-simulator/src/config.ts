import {
  httpUrl,
  identitySettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

/** webhook-simulator's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3005, opsPort: 3105 }),
  ...redisSettings,
  ...identitySettings,
  ...machineClientSettings,
  INGEST_URL: httpUrl('webhook-ingest; the one and only target of signed events'),
  GATEWAY_URL: httpUrl('gateway-api; where the verdict reads contacts'),
  ACME_SECRETS_FILE: Type.String({
    minLength: 1,
    description: 'JSON file with the shared secrets of AcmeCRM; followed while it changes',
  }),
});
export type Config = Static<typeof Config>;
