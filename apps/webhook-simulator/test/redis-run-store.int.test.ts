import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createRedisRunStore } from '../src/adapters/redis-run-store.ts';
import { newRun, runStoreContract } from './run-store.contract.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const keyPrefix = uniquePrefix();

afterAll(async () => {
  const keys = await redis.client.keys(`${keyPrefix}*`);
  if (keys.length > 0) await redis.client.del(...keys);
});

let stores = 0;
runStoreContract('Redis', () => {
  stores += 1;
  return createRedisRunStore(redis, { keyPrefix: `${keyPrefix}${stores}:` });
});

describe('the Redis run store', () => {
  it('forgets a run after a week', async () => {
    const run = newRun();
    await createRedisRunStore(redis, { keyPrefix }).save(run);
    const seconds = await redis.client.ttl(`${keyPrefix}simulator:run:${run.id}`);
    expect(seconds).toBeGreaterThan(604_700);
    expect(seconds).toBeLessThanOrEqual(604_800);
  });
});
