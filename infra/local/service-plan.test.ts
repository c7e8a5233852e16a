import { expect, test } from 'vitest';
import type { Secrets } from './secrets.ts';
import { planServices, SERVICE_NAMES } from './service-plan.ts';

const addresses = {
  KAFKA_BROKERS: 'kafka:1',
  SCHEMA_REGISTRY_URL: 'http://registry:2',
  REDIS_URL: 'redis://redis:3',
};
const secrets: Secrets = {
  acmeSecretsFile: '/s/acme.json',
  acmeApiKeyFile: '/secrets/acme-api-key',
  bootstrapClientsFile: '/s/clients.json',
  signingKeysFile: '/s/keys.json',
  acmeSecret: 'a',
  clientSecrets: {
    'event-worker': 'w',
    'contact-service': 'c',
    'webhook-ingest': 'i',
    'gateway-api': 'g',
    'webhook-simulator': 's',
  },
  admin: { email: 'admin@example.com', password: 'p' },
};

const COMMON = ['HOST', 'PORT', 'OPS_PORT', 'LOG_LEVEL'];
const CLIENT = ['AUTH_URL', 'SERVICE_CLIENT_ID', 'SERVICE_CLIENT_SECRET'];
const SERVERS = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'];
const BOOTSTRAP = [
  'BOOTSTRAP_CLIENTS_FILE',
  'BOOTSTRAP_ADMIN_EMAIL',
  'BOOTSTRAP_ADMIN_PASSWORD',
  'SIGNING_KEYS_FILE',
];

test('tells each service of its own edges and of nothing else', async () => {
  const plans = await planServices(addresses, secrets);
  const names = Object.fromEntries(
    SERVICE_NAMES.map((name) => [name, Object.keys(plans[name].settings).sort()]),
  );
  expect(names).toEqual({
    'gateway-api': [...COMMON, ...CLIENT, 'REDIS_URL', 'CONTACT_URL', 'WORKER_URL', 'SIMULATOR_URL'].sort(),
    'auth-service': [...COMMON, ...BOOTSTRAP, 'REDIS_URL'].sort(),
    'contact-service': [...COMMON, ...CLIENT, ...SERVERS].sort(),
    'webhook-ingest': [...COMMON, ...CLIENT, ...SERVERS, 'ACME_SECRETS_FILE'].sort(),
    'event-worker': [
      ...COMMON,
      ...CLIENT,
      ...SERVERS,
      'CONTACT_URL',
      'INGEST_URL',
      'ACME_API_URL',
      'ACME_API_KEY_FILE',
      'SWEEP_EVERY',
    ].sort(),
    'webhook-simulator': [
      ...COMMON,
      ...CLIENT,
      'REDIS_URL',
      'INGEST_URL',
      'GATEWAY_URL',
      'ACME_SECRETS_FILE',
      'SIMULATOR_ENABLED',
      'ACME_API_KEY_FILE',
    ].sort(),
  });
});

test('gives every service ports of its own, at which its peers look for it', async () => {
  const plans = await planServices(addresses, secrets);
  const ports = SERVICE_NAMES.flatMap((name) => [
    plans[name].settings['PORT'],
    plans[name].settings['OPS_PORT'],
  ]);
  expect(new Set(ports).size).toBe(12);
  expect(plans['event-worker'].settings['CONTACT_URL']).toBe(
    `http://127.0.0.1:${plans['contact-service'].port}`,
  );
  expect(plans['webhook-simulator'].settings['GATEWAY_URL']).toBe(plans['gateway-api'].url);
  expect(plans['event-worker'].settings['ACME_API_URL']).toBe(plans['webhook-simulator'].url);
});

test('leaves the well-known ports alone where they are not preferred', async () => {
  const plans = await planServices(addresses, secrets, { preferWellKnownPorts: false });
  const ports = SERVICE_NAMES.flatMap((name) => [plans[name].port, plans[name].opsPort]);
  expect(new Set(ports).size).toBe(12);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
});
