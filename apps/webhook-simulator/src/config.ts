import {
  httpUrl,
  identitySettings,
  machineClientSettings,
  redisSettings,
  serverSettings,
} from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

const systemSettings = {
  INGEST_URL: httpUrl('webhook-ingest, an origin and nothing more; where signed events go'),
  GATEWAY_URL: httpUrl('gateway-api; where the verdict reads contacts, and local edits are made'),
  ACME_SECRETS_FILE: Type.String({
    minLength: 1,
    description: 'JSON file with the shared secrets of AcmeCRM; followed while it changes',
  }),
  WEBHOOK_SCHEME: Type.Enum(['acme', 'standard-webhooks'], {
    default: 'acme',
    description: 'How deliveries are signed; as the source is configured at ingest',
  }),
};

/** What the command `simulate` takes from the environment where it is given no target. */
export const SystemConfig = Type.Object({ ...machineClientSettings, ...systemSettings });

/** webhook-simulator's settings; see .env.example for working local values. */
export const Config = Type.Object({
  ...serverSettings({ port: 3005, opsPort: 3105 }),
  ...redisSettings,
  ...identitySettings,
  ...machineClientSettings,
  ...systemSettings,
});
export type Config = Static<typeof Config>;
