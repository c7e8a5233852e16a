import { createKeys, createRedis } from '@contact-sync/redis';
import { createLogger } from '@contact-sync/service-kit';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisLoginAttempts } from '../../src/adapters/redis-login-attempts.ts';
import { createRedisMachineClients } from '../../src/adapters/redis-machine-clients.ts';
import { createRedisRevocationLog } from '../../src/adapters/redis-revocation-log.ts';
import { createRedisSessions } from '../../src/adapters/redis-sessions.ts';
import { createRedisTokenRecords } from '../../src/adapters/redis-token-records.ts';
import { createRedisUsers } from '../../src/adapters/redis-users.ts';
import { loginAttemptsContract } from './login-attempts.contract.ts';
import { machineClientsContract } from './machine-clients.contract.ts';
import { sessionsContract } from './sessions.contract.ts';
import { usersContract } from './users.contract.ts';

const redis = createRedis({
  url: testEnvironment().REDIS_URL,
  clientName: 'auth-service-contracts',
  logger: createLogger({ service: 'test', level: 'silent' }),
});

const userSettings = { longestTokenSeconds: 3_600, auditEntries: 1_000 };

const ownKeys = () => createKeys('auth', { prefix: uniquePrefix() });

beforeAll(async () => {
  redis.connect();
  await redis.waitUntilReady(10_000);
});

afterAll(() => redis.close());

usersContract(() => createRedisUsers(redis, ownKeys(), userSettings));
sessionsContract((limits) => {
  const keys = ownKeys();
  return {
    users: createRedisUsers(redis, keys, userSettings),
    sessions: createRedisSessions(redis, keys, limits),
    log: createRedisRevocationLog(redis, keys),
  };
});
machineClientsContract(() => createRedisMachineClients(redis, ownKeys()));
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
      firstWaitMs: 1_000,
      maxWaitMs: 1_000,
      memoryMs: 5_000,
      knownMs: 9_000,
    };
    const home = { email: 'someone@example.com', network: '203.0.113.7' };
    await createRedisLoginAttempts(redis, keys, backoff)[step](home);
    const [key = ''] = await redis.client.keys(`${keys.root}*`);
    const ttl = await redis.client.pttl(key);
    expect(ttl).toBeGreaterThan(lifeMs - 1_000);
    expect(ttl).toBeLessThanOrEqual(lifeMs);
  });

  it('names no account and no address in a key', async () => {
    const keys = ownKeys();
    const email = 'someone@example.com';
    const backoff = { freeFailures: 1, firstWaitMs: 1, maxWaitMs: 1, memoryMs: 1_000, knownMs: 9_000 };
    const attempts = createRedisLoginAttempts(redis, keys, backoff);
    await attempts.begin({ email, network: '203.0.113.7' });
    await attempts.succeed({ email, network: '203.0.113.7' });
    await attempts.begin({ email, network: '203.0.113.7' });
    await createRedisUsers(redis, keys, userSettings).createFirst({
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
    expect(names.length).toBe(5);
    expect(names.join('\n')).not.toMatch(/someone|203/);
  });
});
