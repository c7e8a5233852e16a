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
    scopes: ['revocations:read', 'contacts:read', 'events:read', 'mappings:read'],
  },
} as const;

/** A service that has credentials of its own. */
export type ClientId = keyof typeof CLIENTS;

/** What the services need to trust each other and the CRM, made anew for each run. */
export interface Secrets {
  acmeSecretsFile: string;
  bootstrapClientsFile: string;
  signingKeysFile: string;
  clientSecrets: Record<ClientId, string>;
  admin: { email: string; password: string };
}

/** Writes the secrets into `folder`, which it makes: only this user can enter it (0700) and read the files (0600). */
export async function createSecrets(folder: string): Promise<Secrets> {
  await mkdir(folder, { mode: 0o700 });
  const write = async (name: string, content: unknown) => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(content, null, 2), { mode: 0o600 });
    return path;
  };
  const ids = Object.keys(CLIENTS) as ClientId[];
  const clientSecrets = Object.fromEntries(ids.map((id) => [id, randomSecret()])) as Record<ClientId, string>;
  const clients = ids.map((id) => ({ id, secret: clientSecrets[id], ...CLIENTS[id] }));
  const acmeSecret = { id: 'acme-1', secret: randomSecret(), notBefore: null, notAfter: null };
  return {
    acmeSecretsFile: await write('acme-secrets.json', { secrets: [acmeSecret] }),
    bootstrapClientsFile: await write('bootstrap-clients.json', clients),
    signingKeysFile: await write('signing-keys.json', { keys: [signingKey()] }),
    clientSecrets,
    admin: { email: 'admin@example.com', password: randomSecret() },
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' };
}
