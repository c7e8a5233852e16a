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

const simulatorSettings = {
  SIMULATOR_ENABLED: Type.Boolean({
    default: false,
    description: 'Whether it may send and stands in for AcmeCRM; off in production',
  }),
  SIMULATOR_TARGETS: Type.Array(Type.String({ format: 'http-origin', pattern: '^https?://[^,\\s]+$' }), {
    separator: ',',
    default: [],
    description: 'Other origins to which deliveries may go on request, beside INGEST_URL; comma-separated',
  }),
  ACME_API_KEY: Type.Optional(
    Type.String({
      minLength: 16,
      writeOnly: true,
      description: "Key of AcmeCRM's API as it is served here; without one the API lets nobody in",
    }),
  ),
  ACME_REQUESTS_PER_SECOND: Type.Integer({
    default: 50,
    minimum: 1,
    maximum: 100_000,
    description: "Requests a second that AcmeCRM's API takes, over all copies",
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
  ...simulatorSettings,
});
export type Config = Static<typeof Config>;
