import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The machine clients that auth-service makes at boot: whom each may call, and what for (contracts: permissions). */
const CLIENTS = {
  'event-worker': {
    audiences: ['contact-service', 'webhook-ingest', 'auth-service'],
    scopes: ['contacts:apply', 'ingest:read', 'ingest:replay', 'revocations:read'],
  },
  'contact-service': { audiences: ['auth-service'], scopes: ['revocations:read'] },
  'webhook-ingest': { audiences: ['auth-service'], scopes: ['revocations:read'] },
  'gateway-api': { audiences: ['auth-service'], scopes: ['revocations:read'] },
  'webhook-simulator': {
    audiences: ['auth-service', 'integration-api'],
    scopes: ['revocations:read', 'contacts:read', 'contacts:write', 'events:read', 'mappings:read'],
  },
} as const;

/** A service that has credentials of its own. */
export type ClientId = keyof typeof CLIENTS;

const clientIds = Object.keys(CLIENTS) as ClientId[];

/** What is random of them; the rest follows. */
export interface SecretValues {
  acmeSecret: string;
  acmeApiKey: string;
  /** A private JWK. */
  signingKey: object;
  clientSecrets: Record<ClientId, string>;
  adminPassword: string;
}

/** What the services need to trust each other and the CRM. */
export interface Secrets {
  acmeSecretsFile: string;
  /** The key of AcmeCRM's API, which the simulator serves. */
  acmeApiKeyFile: string;
  bootstrapClientsFile: string;
  signingKeysFile: string;
  /** The secret that AcmeCRM signs with. */
  acmeSecret: string;
  clientSecrets: Record<ClientId, string>;
  admin: { email: string; password: string };
}

/** Values that nobody has had before. */
export function newSecretValues(): SecretValues {
  const clientSecrets = Object.fromEntries(clientIds.map((id) => [id, randomSecret()]));
  return {
    acmeSecret: randomSecret(),
    acmeApiKey: randomSecret(),
    signingKey: newSigningKey(),
    clientSecrets: clientSecrets as Record<ClientId, string>,
    adminPassword: randomSecret(),
  };
}

/**
 * Writes the secrets into `folder`, which it makes: only this user can enter it (0700) and read the files (0600). They
 * are new ones unless `values` are given.
 */
export async function createSecrets(folder: string, values = newSecretValues()): Promise<Secrets> {
  await mkdir(folder, { mode: 0o700 });
  const writeText = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const write = (name: string, content: unknown) => writeText(name, JSON.stringify(content, null, 2));
  const { acmeSecret, signingKey, clientSecrets, adminPassword } = values;
  const clients = clientIds.map((id) => ({ id, secret: clientSecrets[id], ...CLIENTS[id] }));
  const secret = { id: 'acme-1', secret: acmeSecret, notBefore: null, notAfter: null };
  return {
    acmeSecretsFile: await write('acme-secrets.json', { secrets: [secret] }),
    acmeApiKeyFile: await writeText('acme-api-key', values.acmeApiKey),
    bootstrapClientsFile: await write('bootstrap-clients.json', clients),
    signingKeysFile: await write('signing-keys.json', { keys: [signingKey] }),
    acmeSecret,
    clientSecrets,
    admin: { email: 'admin@example.com', password: adminPassword },
  };
}

/** 256 random bits, as text that needs no quoting in a URL. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function newSigningKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}
