import { createRedis } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisSharedTokens } from '../src/adapters/source-limit/redis-shared-tokens.ts';
import { sharedTokensContract } from './support/shared-tokens.contract.ts';

const silent = { info: () => undefined, warn: () => undefined };
const redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });

beforeAll(async () => {
  redis.connect();
  await redis.waitUntilReady(10_000);
});
afterAll(() => redis.close());

sharedTokensContract((rate) => {
  const prefix = uniquePrefix();
  return () => createRedisSharedTokens({ redis, source: 'acmecrm', rate, prefix });
});

test('the bucket is gone some time after it is full again, and a debt that is settled a minute after', async () => {
  const prefix = uniquePrefix();
  const rate = { perSecond: 1, burst: 10 };
  const tokens = createRedisSharedTokens({ redis, source: 'acmecrm', rate, prefix });
  await tokens.draw({ want: 2, owed: { from: 0, to: 3 } });
  const ttls = await Promise.all(
    (await redis.client.keys(`${prefix}*`)).sort().map((key) => redis.client.pttl(key)),
  );
  expect(ttls).toHaveLength(2);
  for (const ttl of ttls) expect(ttl).toBeGreaterThan(0);
  expect(ttls[0]).toBeLessThanOrEqual(6_000);
  expect(ttls[1]).toBeLessThanOrEqual(60_000);
});
