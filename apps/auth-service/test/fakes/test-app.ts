import { generateKeyPairSync } from 'node:crypto';
import { createBulkhead, createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createTokenSigner } from '../../src/adapters/jose-token-signer.ts';
import { createApp } from '../../src/app.ts';
import { ownKeyRing } from '../../src/dependencies.ts';
import { hashSecret } from '../../src/domain/machine-client.ts';
import { readSigningKeys } from '../../src/domain/signing-keys.ts';
import { createInMemoryLoginAttempts } from './in-memory-login-attempts.ts';
import { createInMemoryMachineClients } from './in-memory-machine-clients.ts';
import { createInMemoryTokenRecords } from './in-memory-token-records.ts';
import { createInMemoryUsers } from './in-memory-users.ts';
import { createPlainPasswords } from './plain-passwords.ts';

export const clientSecret = 'a secret: with %, + and 32 characters';

/** What the refusals of a bulkhead say. */
export const bulkheadTexts = { message: 'Too many logins at once.', internal: 'full' };

const newKeyText = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'ES256', use: 'sig' };
  return JSON.stringify({ keys: [jwk] });
};

const createPorts = async () => {
  const [signingKey] = readSigningKeys(newKeyText()).keys;
  if (!signingKey) throw new Error('the test key is not usable');
  const backoff = {
    freeFailures: 10,
    firstWaitMs: 60_000,
    maxWaitMs: 900_000,
    memoryMs: 60_000,
    knownMs: 60_000,
  };
  const ports = {
    users: createInMemoryUsers(),
    clients: createInMemoryMachineClients(),
    attempts: createInMemoryLoginAttempts(backoff),
    records: createInMemoryTokenRecords(),
    passwords: createPlainPasswords(),
    signer: createTokenSigner(signingKey),
    bulkhead: createBulkhead({ ...bulkheadTexts, atOnce: 2, waiting: 100 }),
    publishedKeys: [signingKey.publicJwk],
    keys: ownKeyRing([signingKey.publicJwk]),
  };
  ports.users.put({
    id: 'user-1',
    email: 'ada@example.com',
    passwordHash: await ports.passwords.hash('correct horse'),
    roles: ['editor'],
    epoch: 0,
    disabled: false,
  });
  await ports.clients.upsert([
    {
      id: 'event-worker',
      secretHash: hashSecret(clientSecret),
      audiences: ['contact-service', 'integration-api'],
      scopes: ['contacts:apply', 'contacts:read', 'events:read'],
    },
  ]);
  return ports;
};

/** auth-service on in-memory ports, with Ada (an editor) and the machine client event-worker. */
export const createTestApp = async (change: Partial<Awaited<ReturnType<typeof createPorts>>> = {}) => {
  const ports = { ...(await createPorts()), ...change };
  const app = await createApp(
    ports,
    { TOKEN_ISSUER: 'contact-sync', ACCESS_TOKEN_TTL_SECONDS: 600 },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  return { app, ports };
};
