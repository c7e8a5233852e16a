import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecrets, type Secrets } from './secrets.ts';

let parent: string;
let secrets: Secrets;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'contact-sync-secrets-'));
  secrets = await createSecrets(join(parent, 'secrets'));
});
afterAll(() => rm(parent, { recursive: true }));

async function json(path: string) {
  return JSON.parse(await readFile(path, 'utf8'));
}

test('lets only this user read them', async () => {
  const { acmeSecretsFile, bootstrapClientsFile, signingKeysFile } = secrets;
  expect((await stat(join(parent, 'secrets'))).mode & 0o777).toBe(0o700);
  for (const file of [acmeSecretsFile, bootstrapClientsFile, signingKeysFile]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
});

test('gives each machine client the secret that its service is started with', async () => {
  const clients = await json(secrets.bootstrapClientsFile);
  expect(clients).toHaveLength(5);
  expect(clients).toContainEqual({
    id: 'event-worker',
    secret: secrets.clientSecrets['event-worker'],
    audiences: ['contact-service', 'webhook-ingest', 'auth-service'],
    scopes: ['contacts:apply', 'ingest:read', 'ingest:replay', 'revocations:read'],
  });
});

test('makes an ES256 key and a webhook secret that are new in each run', async () => {
  const other = await createSecrets(join(parent, 'other'));
  const { keys } = await json(secrets.signingKeysFile);
  expect(keys).toEqual([expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' })]);
  expect(createPrivateKey({ key: keys[0], format: 'jwk' }).asymmetricKeyType).toBe('ec');
  const acme = await json(secrets.acmeSecretsFile);
  expect(acme.secrets).toEqual([
    { id: 'acme-1', secret: expect.stringMatching(/^[\w-]{43}$/), notBefore: null, notAfter: null },
  ]);
  expect(await json(other.acmeSecretsFile)).not.toEqual(acme);
  expect(other.admin.password).not.toBe(secrets.admin.password);
});
