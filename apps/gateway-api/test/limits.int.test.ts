import { createKeys, createRedis, createRedisBuckets } from '@contact-sync/redis';
import { useRedis } from '@contact-sync/redis/testing';
import { createLogger } from '@contact-sync/service-kit';
import {
  eventually,
  type RedisServer,
  startRedisServer,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const ownKeys = () => createKeys('ratelimit:gateway', { prefix: uniquePrefix() });
const connectTo = (url: string, commandTimeoutMs = 500) => {
  const redis = createRedis({ url, clientName: 'gateway-test', logger, commandTimeoutMs });
  redis.connect();
  return redis;
};

const redis = useRedis(testEnvironment().REDIS_URL, { commandTimeoutMs: 500 });

describe('a bucket in Redis', () => {
  it('is gone some time after it is full again, so that memory is bounded by who asked lately', async () => {
    const keys = ownKeys();
    await createRedisBuckets(redis, keys).take('address 1.2.3.4', { capacity: 2, refillMs: 10_000 });
    const [key = ''] = await redis.client.keys(`${keys.root}*`);
    const ttl = await redis.client.pttl(key);
    expect(ttl).toBeGreaterThan(5_000);
    expect(ttl).toBeLessThanOrEqual(6_000);
  });
});

const gateways: TestGateway[] = [];
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close();
  for (const close of closers.splice(0).reverse()) await close();
});

const startCopies = async (
  url: string,
  count: number,
  settings: Record<string, string>,
  commandTimeoutMs?: number,
) => {
  const keys = ownKeys();
  for (let copy = 0; copy < count; copy += 1) {
    const connection = connectTo(url, commandTimeoutMs);
    closers.push(connection.close);
    await connection.waitUntilReady(5_000);
    gateways.push(await createTestGateway(settings, { buckets: createRedisBuckets(connection, keys) }));
  }
};

/** Logins from one address that says each time that it is another, over these copies in turn. */
const askAll = async (times: number, copies: readonly TestGateway[] = gateways): Promise<number[]> => {
  const asked = Array.from({ length: times }, (_, index) =>
    copies[index % copies.length]?.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'x-forwarded-for': `203.0.${index % 250}.7`, forwarded: `for=203.0.${index % 250}.7` },
    }),
  );
  return (await Promise.all(asked)).map((answer) => answer?.statusCode ?? 0);
};

/** Whole tokens that a bucket of so many a minute has had back since. */
const refilledSince = (began: number, perMinute: number): number =>
  Math.ceil(((performance.now() - began) * perMinute) / 60_000);

const countOf = (statuses: readonly number[], status: number) =>
  statuses.filter((one) => one === status).length;

describe('the limit over three copies', () => {
  it('is one limit', async () => {
    const settings = { LOGIN_LIMIT_PER_MINUTE: '100', LIMIT_COPIES: '3' };
    // A thousand at once keep the loop busy for longer than an answer of Redis may take elsewhere.
    await startCopies(testEnvironment().REDIS_URL, 3, settings, 30_000);
    const began = performance.now();
    const statuses = await askAll(1_000);
    const refilled = refilledSince(began, 100);
    expect(countOf(statuses, 200)).toBeGreaterThanOrEqual(100);
    expect(countOf(statuses, 200)).toBeLessThanOrEqual(100 + refilled);
    expect(countOf(statuses, 429)).toBe(1_000 - countOf(statuses, 200));
  });

  it('is shared out while Redis is away, and one again after', async () => {
    const server: RedisServer = await startRedisServer();
    closers.push(server.stop);
    await startCopies(server.url, 3, { LOGIN_LIMIT_PER_MINUTE: '90', LIMIT_COPIES: '3' });
    await server.kill('SIGKILL');
    const away = await askAll(300);
    expect(countOf(away, 200)).toBeGreaterThanOrEqual(90);
    expect(countOf(away, 200)).toBeLessThanOrEqual(96);
    expect(countOf(away, 200) + countOf(away, 429)).toBe(300);
    await server.start();
    await eventually(async () => countOf(await askAll(3), 200) === 3);
  });

  it('lets through no more than two limits around a switch, whoever counted what before', async () => {
    const server = await startRedisServer();
    closers.push(server.stop);
    await startCopies(server.url, 3, { LOGIN_LIMIT_PER_MINUTE: '90', LIMIT_COPIES: '3' });
    const connection = connectTo(server.url);
    closers.push(connection.close);
    const shared = createRedisBuckets(connection, ownKeys());
    const began = performance.now();
    const before = countOf(await askAll(200, gateways.slice(0, 1)), 200);
    await server.kill('SIGKILL');
    const away = countOf(await askAll(300), 200);
    expect(before).toBeGreaterThanOrEqual(90);
    expect(before + away).toBeLessThanOrEqual(180 + 2 * refilledSince(began, 90));
    await server.start();
    let back = 0;
    await eventually(async () => {
      back += countOf(await askAll(3), 200);
      return shared.take('probe', { capacity: 1_000, refillMs: 60_000 });
    });
    back += countOf(await askAll(300), 200);
    expect(away + back).toBeLessThanOrEqual(180 + 2 * refilledSince(began, 90));
  });
});
