import { generateKeyPairSync } from 'node:crypto';
import { createBulkhead, createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { ownKeyRing } from '../../src/adapters/own-key-ring.ts';
import { createTokenSigner } from '../../src/adapters/token-signer.ts';
import { createApp } from '../../src/app.ts';
import type { CurrentKeys } from '../../src/domain/key-set.ts';
import { hashSecret } from '../../src/domain/machine-client.ts';
import { readSigningKeys } from '../../src/domain/signing-keys.ts';
import { declareClients } from '../../src/use-cases/declare-clients.ts';
import { createInMemoryJournal } from './in-memory-journal.ts';
import { createInMemoryLoginAttempts } from './in-memory-login-attempts.ts';
import { createInMemoryMachineClients } from './in-memory-machine-clients.ts';
import { createInMemorySessions } from './in-memory-sessions.ts';
import { createInMemoryTokenRecords } from './in-memory-token-records.ts';
import { createInMemoryUsers } from './in-memory-users.ts';
import { createPlainPasswords } from './plain-passwords.ts';

export const clientSecret = 'a secret: with %, + and 32 characters';

/** Ada, who has an account. */
export const adaId = '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d';

/** What the refusals of a bulkhead say. */
export const bulkheadTexts = { message: 'Too many logins at once.', internal: 'full' };

const newKeyText = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'ES256', use: 'sig' };
  return JSON.stringify({ keys: [jwk] });
};

const sessionLimits = {
  unusedMs: 1_209_600_000,
  longestMs: 7_776_000_000,
  graceMs: 10_000,
  mostSessions: 5,
  auditEntries: 1_000,
};

const createPorts = async () => {
  const [signingKey] = readSigningKeys(newKeyText()).keys;
  if (!signingKey) throw new Error('the test key is not usable');
  const signingKeys: CurrentKeys = { get: () => [signingKey] };
  const backoff = {
    freeFailures: 10,
    freeNetworkFailures: 50,
    firstWaitMs: 60_000,
    maxWaitMs: 900_000,
    memoryMs: 60_000,
    knownMs: 60_000,
  };
  const journal = createInMemoryJournal();
  const users = createInMemoryUsers(journal);
  const ports = {
    users,
    journal,
    sessions: createInMemorySessions(sessionLimits, users.get, journal),
    log: journal.log,
    news: journal.log,
    clients: createInMemoryMachineClients(journal),
    trail: journal.trail,
    attempts: createInMemoryLoginAttempts(backoff),
    records: createInMemoryTokenRecords(),
    passwords: createPlainPasswords(),
    signer: createTokenSigner(signingKeys),
    signingKeys,
    bulkhead: createBulkhead({ ...bulkheadTexts, atOnce: 2, waiting: 100 }),
    publishedKeys: [signingKey.publicJwk],
    keys: ownKeyRing(signingKeys),
  };
  ports.users.put({
    id: adaId,
    email: 'ada@example.com',
    passwordHash: await ports.passwords.hash('correct horse'),
    roles: ['editor'],
    epoch: 0,
    disabled: false,
    generation: 0,
    createdAt: '2026-11-24T08:00:00.000Z',
  });
  await declareClients(ports.clients, [
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
    {
      TOKEN_ISSUER: 'contact-sync',
      ACCESS_TOKEN_TTL_SECONDS: 600,
      REFRESH_TOKEN_TTL_SECONDS: 1_209_600,
    },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  return { app, ports };
};
