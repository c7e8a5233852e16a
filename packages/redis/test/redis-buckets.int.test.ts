import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { expect, it, vi } from 'vitest';
import { createRedisBuckets } from '../src/buckets/redis-buckets.ts';
import { createKeys } from '../src/keys.ts';
import { useRedis } from '../src/testing.ts';
import { bucketsContract } from './buckets.contract.ts';

const redis = useRedis(testEnvironment().REDIS_URL);

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
