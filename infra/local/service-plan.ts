import { choosePort, choosePorts } from '@contact-sync/testing/ports.ts';
import type { Addresses } from './addresses.ts';
import type { Secrets } from './secrets.ts';
import { SERVICE_NAMES, SERVICE_PORTS, type ServiceName } from './service-names.ts';

export { SERVICE_NAMES, type ServiceName };

/** The setting under which the others find each service. */
const URL_SETTING: Record<ServiceName, string> = {
  'gateway-api': 'GATEWAY_URL',
  'auth-service': 'AUTH_URL',
  'contact-service': 'CONTACT_URL',
  'webhook-ingest': 'INGEST_URL',
  'event-worker': 'WORKER_URL',
  'webhook-simulator': 'SIMULATOR_URL',
};

type Server = keyof Addresses;
const ALL_SERVERS: readonly Server[] = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'];

/** Whom each service talks to: these edges and no others (design section 1). */
export const EDGES: Record<ServiceName, { servers: readonly Server[]; peers: readonly ServiceName[] }> = {
  'gateway-api': {
    servers: ['REDIS_URL'],
    peers: ['auth-service', 'contact-service', 'event-worker', 'webhook-simulator'],
  },
  'auth-service': { servers: ['REDIS_URL'], peers: [] },
  'contact-service': { servers: ALL_SERVERS, peers: ['auth-service'] },
  'webhook-ingest': { servers: ALL_SERVERS, peers: ['auth-service'] },
  'event-worker': { servers: ALL_SERVERS, peers: ['contact-service', 'webhook-ingest', 'auth-service'] },
  'webhook-simulator': { servers: ['REDIS_URL'], peers: ['webhook-ingest', 'gateway-api', 'auth-service'] },
};

const SWEEP_EVERY_SECONDS = '900';

/** Where one service listens, and the settings that it is started with. */
export interface ServicePlan {
  name: ServiceName;
  port: number;
  opsPort: number;
  url: string;
  opsUrl: string;
  settings: Record<string, string>;
}

export type ServicePlans = Record<ServiceName, ServicePlan>;

const urlOf = (port: number | undefined): string => `http://127.0.0.1:${port}`;

/**
 * Plans all six on this machine: on the well-known ports when these are preferred and all are free, else on free ones.
 * They are bound only when the services start, so systems that start beside each other must not prefer them.
 */
export async function planServices(
  addresses: Addresses,
  secrets: Secrets,
  { preferWellKnownPorts = true } = {},
): Promise<ServicePlans> {
  const wellKnown = SERVICE_NAMES.flatMap((name) => SERVICE_PORTS[name]);
  const ports = preferWellKnownPorts
    ? await choosePorts(wellKnown)
    : await Promise.all(wellKnown.map(() => choosePort()));
  const urls = Object.fromEntries(SERVICE_NAMES.map((name, index) => [name, urlOf(ports[index * 2])]));
  const plans = SERVICE_NAMES.map((name, index): [ServiceName, ServicePlan] => {
    const [port = 0, opsPort = 0] = ports.slice(index * 2);
    const { servers, peers } = EDGES[name];
    const settings = {
      HOST: '127.0.0.1',
      PORT: String(port),
      OPS_PORT: String(opsPort),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      ...Object.fromEntries(servers.map((server) => [server, addresses[server]])),
      ...Object.fromEntries(peers.map((peer) => [URL_SETTING[peer], urls[peer] ?? ''])),
      ...(name === 'event-worker' && {
        ACME_API_URL: urls['webhook-simulator'] ?? '',
        SWEEP_EVERY: SWEEP_EVERY_SECONDS,
      }),
      ...secretSettings(name, secrets),
    };
    return [name, { name, port, opsPort, url: urlOf(port), opsUrl: urlOf(opsPort), settings }];
  });
  return Object.fromEntries(plans) as ServicePlans;
}

/** The plan of a further copy of a service, on ports of its own. */
export async function planCopy(plan: ServicePlan): Promise<ServicePlan> {
  const [port = 0, opsPort = 0] = await Promise.all([choosePort(), choosePort()]);
  const settings = { ...plan.settings, PORT: String(port), OPS_PORT: String(opsPort) };
  return { name: plan.name, port, opsPort, url: urlOf(port), opsUrl: urlOf(opsPort), settings };
}

function secretSettings(name: ServiceName, secrets: Secrets): Record<string, string> {
  if (name === 'auth-service') {
    return {
      BOOTSTRAP_CLIENTS_FILE: secrets.bootstrapClientsFile,
      BOOTSTRAP_ADMIN_EMAIL: secrets.admin.email,
      BOOTSTRAP_ADMIN_PASSWORD: secrets.admin.password,
      SIGNING_KEYS_FILE: secrets.signingKeysFile,
    };
  }
  const verifiesWebhooks = name === 'webhook-ingest' || name === 'webhook-simulator';
  const hasApiKey = name === 'event-worker' || name === 'webhook-simulator';
  return {
    SERVICE_CLIENT_ID: name,
    SERVICE_CLIENT_SECRET: secrets.clientSecrets[name],
    ...(verifiesWebhooks ? { ACME_SECRETS_FILE: secrets.acmeSecretsFile } : {}),
    ...(hasApiKey ? { ACME_API_KEY_FILE: secrets.acmeApiKeyFile } : {}),
    ...(name === 'webhook-simulator' ? { SIMULATOR_ENABLED: 'true' } : {}),
  };
}
