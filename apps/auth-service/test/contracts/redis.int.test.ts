import { randomUUID } from 'node:crypto';
import { createKeys } from '@contact-sync/redis';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { authKeys } from '../../src/adapters/auth-keys.ts';
import { createRedisAuditTrail } from '../../src/adapters/redis-audit-trail.ts';
import { createRedisKeyRevocations } from '../../src/adapters/redis-key-revocations.ts';
import { createRedisLoginAttempts } from '../../src/adapters/redis-login-attempts.ts';
import { createRedisMachineClients } from '../../src/adapters/redis-machine-clients.ts';
import { createRedisRevocationLog } from '../../src/adapters/redis-revocation-log.ts';
import { createRedisSessions } from '../../src/adapters/redis-sessions.ts';
import { createRedisTokenRecords } from '../../src/adapters/redis-token-records.ts';
import { createRedisUsers } from '../../src/adapters/redis-users.ts';
import { auditEntry } from '../../src/domain/audit-entry.ts';
import { createTokenIssuer } from '../../src/use-cases/issue-token.ts';
import { createOpenSession } from '../../src/use-cases/open-session.ts';
import { createRefreshSession } from '../../src/use-cases/refresh-session.ts';
import { loginAttemptsContract } from './login-attempts.contract.ts';
import { machineClientsContract } from './machine-clients.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import { usersContract } from './users.contract.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

const accountSettings = { longestTokenSeconds: 3_600, auditEntries: 1_000 };

const ownKeys = () => createKeys('auth', { prefix: uniquePrefix() });

usersContract(() => createRedisUsers(redis, ownKeys(), accountSettings));
sessionsContract((limits) => {
  const keys = ownKeys();
  return {
    users: createRedisUsers(redis, keys, accountSettings),
    sessions: createRedisSessions(redis, keys, limits),
    log: createRedisRevocationLog(redis, keys),
    trail: createRedisAuditTrail(redis, keys, limits),
  };
});
machineClientsContract(() => createRedisMachineClients(redis, ownKeys(), accountSettings));
loginAttemptsContract((backoff) => createRedisLoginAttempts(redis, ownKeys(), backoff));

describe('what is stored', () => {
  it('of a token is gone when the token is', async () => {
    const keys = ownKeys();
    const iat = Math.floor(Date.now() / 1_000);
    await createRedisTokenRecords(redis, keys).record({
      iss: 'contact-sync',
      aud: 'integration-api',
      sub: 'user-1',
      sid: 'session-1',
      jti: 'token-1',
      epoch: 0,
      roles: ['viewer'],
      scope: '',
      iat,
      exp: iat + 600,
    });
    const key = keys.key('token', 'token-1');
    expect(await redis.client.hgetall(key)).toMatchObject({ kind: 'user', sub: 'user-1', sid: 'session-1' });
    const ttl = await redis.client.ttl(key);
    expect(ttl).toBeGreaterThan(590);
    expect(ttl).toBeLessThanOrEqual(600);
  });

  it.each([
    ['failed tries is gone some time after them', 'begin', 6_000],
    ['a network is gone some time after the last good login from there', 'succeed', 9_000],
  ] as const)('of %s', async (_, step, lifeMs) => {
    const keys = ownKeys();
    const backoff = {
      freeFailures: 1,
      freeNetworkFailures: 1,
      firstWaitMs: 1_000,
      maxWaitMs: 1_000,
      memoryMs: 5_000,
      knownMs: 9_000,
    };
    const home = { email: 'someone@example.com', network: '203.0.113.7' };
    await createRedisLoginAttempts(redis, keys, backoff)[step](home);
    const stored = await redis.client.keys(`${keys.root}*`);
    expect(stored.length).toBeGreaterThan(0);
    for (const key of stored) {
      const ttl = await redis.client.pttl(key);
      expect(ttl).toBeGreaterThan(lifeMs - 1_000);
      expect(ttl).toBeLessThanOrEqual(lifeMs);
    }
  });

  it('names no account and no address in a key', async () => {
    const keys = ownKeys();
    const email = 'someone@example.com';
    const free = { freeFailures: 1, freeNetworkFailures: 9 };
    const backoff = { ...free, firstWaitMs: 1, maxWaitMs: 1, memoryMs: 1_000, knownMs: 9_000 };
    const attempts = createRedisLoginAttempts(redis, keys, backoff);
    await attempts.begin({ email, network: '203.0.113.7' });
    await attempts.succeed({ email, network: '203.0.113.7' });
    await attempts.begin({ email, network: '203.0.113.7' });
    await attempts.begin({ email, network: '203.0.113.8' });
    await createRedisUsers(redis, keys, accountSettings).createFirst({
      id: 'user-1',
      email,
      passwordHash: 'x',
      roles: [],
      epoch: 0,
      disabled: false,
      generation: 0,
      createdAt: '2026-11-24T08:00:00.000Z',
    });
    const names = await redis.client.keys(`${keys.root}*`);
    expect(names.length).toBe(7);
    expect(names.join('\n')).not.toMatch(/someone|203/);
  });

  it('holds no refresh token, neither as it is nor in part', async () => {
    const keys = ownKeys();
    const limits = {
      unusedMs: 60_000,
      longestMs: 60_000,
      graceMs: 10_000,
      mostSessions: 5,
      auditEntries: 100,
    };
    const users = createRedisUsers(redis, keys, accountSettings);
    const sessions = createRedisSessions(redis, keys, limits);
    const signer = { sign: async () => 'signed' };
    const tokens = createTokenIssuer(signer, { issuer: 'contact-sync', ttlSeconds: 600 });
    const user = { id: randomUUID(), email: 'a@example.com', passwordHash: 'x', roles: [], epoch: 0 };
    const stored = { ...user, disabled: false, generation: 0, createdAt: '2026-11-24T08:00:00.000Z' };
    await users.create(stored, auditEntry('user.created', 'nobody', `user:${user.id}`, undefined));
    const origin = { address: '', network: '', userAgent: '' };
    const first = await createOpenSession({ sessions, tokens }, { refreshTtlSeconds: 60 })(stored, origin);
    const second = await createRefreshSession({ sessions, tokens })(first.refreshToken, origin);
    const texts: string[] = [];
    for (const key of await redis.client.keys(`${keys.root}*`)) {
      texts.push(key, ...(key.includes(':session:') ? Object.values(await redis.client.hgetall(key)) : []));
    }
    expect(texts.length).toBeGreaterThan(10);
    for (const { refreshToken } of [first, second]) {
      // What is behind the user's id, in every way in which a part of it could stand there.
      const secret = Buffer.from(refreshToken, 'base64url').subarray(16);
      for (const part of [secret.subarray(0, 16), secret.subarray(16)]) {
        const spellings = [part.toString('base64url'), part.toString('hex'), part.toString('latin1')];
        expect(texts.filter((text) => spellings.some((spelling) => text.includes(spelling)))).toEqual([]);
      }
    }
  });

  it('of revocations is forgotten where no token that they speak of can live', async () => {
    const keys = ownKeys();
    const { revocations } = authKeys(keys);
    const log = createRedisRevocationLog(redis, keys);
    const now = Math.floor(Date.now() / 1_000);
    for (const until of [now - 20, now - 10]) {
      await redis.client.xadd(revocations, '*', 'kind', 'session', 'sid', 'gone', 'until', until);
    }
    await redis.client.xadd(revocations, '*', 'kind', 'session', 'sid', 'alive', 'until', now + 60);
    expect((await log.read()).revocations).toMatchObject([{ sid: 'alive' }]);
    expect(await redis.client.xlen(revocations)).toBe(3);
    await createRedisKeyRevocations(redis, keys, accountSettings).revokeKey('key-1');
    expect(await redis.client.xlen(revocations)).toBe(2);
    const { cursor, revocations: all } = await log.read();
    expect(all).toMatchObject([{ sid: 'alive' }, { kind: 'key', kid: 'key-1' }]);
    expect(await log.read(cursor)).toMatchObject({ isSnapshot: false, revocations: [], cursor });
  });

  it('of the audit trail is about as much as the settings say', async () => {
    const keys = ownKeys();
    const trail = createRedisAuditTrail(redis, keys, { auditEntries: 100 });
    const entry = auditEntry('session.refused', 'nobody', 'account:x', undefined);
    for (let index = 0; index < 400; index += 1) await trail.noteLogin(entry);
    const read = await trail.readBack('logins', { limit: 1_000, before: undefined });
    expect(read.length).toBeGreaterThanOrEqual(100);
    expect(read.length).toBeLessThanOrEqual(200);
    expect(read[0]?.entry).toEqual(entry);
    const [, second, third] = await trail.readOn('logins', { limit: 3, after: '0-0' });
    expect(await trail.readOn('logins', { limit: 1, after: second?.id ?? '' })).toEqual([third]);
    expect(await trail.readBack('logins', { limit: 1, before: third?.id })).toEqual([second]);
  });
});
