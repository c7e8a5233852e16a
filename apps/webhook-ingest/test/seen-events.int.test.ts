import { createRedis } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisSeenEvents } from '../src/adapters/redis-seen-events.ts';

const silent = { info: () => undefined, warn: () => undefined };
const redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });

beforeAll(async () => {
  redis.connect();
  await redis.waitUntilReady(10_000);
});
afterAll(() => redis.close());

const open = () => {
  const prefix = uniquePrefix();
  const reused: true[] = [];
  const seen = createRedisSeenEvents({
    redis,
    windowSeconds: 3_600,
    onUnknown: () => undefined,
    onIdReused: () => void reused.push(true),
    prefix,
  });
  const onlyKey = async (): Promise<string> => {
    const keys = await redis.client.keys(`${prefix}*`);
    expect(keys).toHaveLength(1);
    return keys[0] ?? '';
  };
  return { seen, reused, onlyKey };
};

const receipt = {
  topic: 'acme.contact.updated.v1',
  partition: 0,
  offset: '1',
  receivedAt: '2026-01-01T00:00:00Z',
};
const content = (number: number) => ({ eventId: 'always-the-same', contentHash: `hash-${number}`, receipt });

test('an id that never changes keeps a bounded number of contents, and the others are published each time', async () => {
  const { seen, reused, onlyKey } = open();
  for (let number = 0; number < 200; number += 1) await seen.remember([content(number)]);
  expect(await redis.client.hlen(await onlyKey())).toBe(32);
  expect(reused).toHaveLength(199);
  expect(await seen.known([content(0), content(31), content(32)])).toEqual([true, true, false]);
});

test("an id's window begins with its first content and no later one prolongs it", async () => {
  const { seen, onlyKey } = open();
  await seen.remember([content(0)]);
  const key = await onlyKey();
  expect(await redis.client.ttl(key)).toBeGreaterThan(3_590);
  await redis.client.expire(key, 60);
  await seen.remember([content(0), content(1)]);
  expect(await redis.client.ttl(key)).toBeLessThanOrEqual(60);
  expect(await seen.receipts('always-the-same')).toHaveLength(2);
});
