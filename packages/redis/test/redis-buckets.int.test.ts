import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRedisBuckets } from '../src/buckets/redis-buckets.ts';
import { createRedis } from '../src/connection.ts';
import { createKeys } from '../src/keys.ts';
import { bucketsContract } from './buckets.contract.ts';

const silent = { info: () => undefined, warn: () => undefined };
const redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });

beforeAll(async () => {
  redis.connect();
  await redis.waitUntilReady(10_000);
});
afterAll(() => redis.close());

bucketsContract(() => createRedisBuckets(redis, createKeys('ratelimit:gateway', { prefix: uniquePrefix() })));

it('ask Redis once for all that is taken in one turn', async () => {
  const run = vi.spyOn(redis, 'run');
  const buckets = createRedisBuckets(redis, createKeys('ratelimit:gateway', { prefix: uniquePrefix() }));
  const size = { capacity: 300, refillMs: 60_000 };
  const states = await Promise.all(
    Array.from({ length: 400 }, (_, index) => buckets.take(index % 4 ? 'a' : `b ${index}`, size)),
  );
  expect(states.filter(({ taken }) => taken)).toHaveLength(400);
  expect(run).toHaveBeenCalledTimes(1);
  run.mockRestore();
});
