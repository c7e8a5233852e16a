import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createRedisSeenEvents } from '../src/adapters/redis-seen-events.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

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
  const repeatsKey = async (): Promise<string> =>
    (await redis.client.keys(`${prefix}ingest:repeats:*`))[0] ?? '';
  return { seen, reused, onlyKey, repeatsKey };
};

const receipt = {
  topic: 'acme.contact.updated.v1',
  partition: 0,
  offset: '1',
  receivedAt: '2026-01-01T00:00:00Z',
  secretId: 'acme-1',
  contactId: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
  sourceVersion: 7,
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
  const [contents] = await seen.receipts(['always-the-same']);
  expect(contents).toHaveLength(2);
});

test('tells how often a content came again, and when it first did, for as long as its window lasts', async () => {
  const { seen, onlyKey, repeatsKey } = open();
  const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`;
  await seen.remember([content(0), content(1)]);
  await redis.client.expire(await onlyKey(), 60);
  for (let minute = 1; minute <= 25; minute += 1) await seen.repeated([content(0)], at(minute));
  await seen.repeated([content(1)], at(30));
  expect(await seen.receipts(['always-the-same', 'unknown'])).toEqual([
    [
      {
        contentHash: 'hash-0',
        ...receipt,
        duplicates: { count: 25, at: Array.from({ length: 20 }, (_, index) => at(index + 1)) },
      },
      { contentHash: 'hash-1', ...receipt, duplicates: { count: 1, at: [at(30)] } },
    ],
    [],
  ]);
  const left = await redis.client.ttl(await repeatsKey());
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(60);
});
