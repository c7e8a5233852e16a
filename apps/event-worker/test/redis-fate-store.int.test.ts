import { createRedis } from '@contact-sync/redis';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { expect, it } from 'vitest';
import { createRedisFateStore } from '../src/adapters/redis-fates/redis-fate-store.ts';
import { fateRecord } from './fate-records.ts';
import { fateStoreContract } from './fate-store.contract.ts';

const silent = { info: () => undefined, warn: () => undefined };

const redis = useRedis(testEnvironment().REDIS_URL);

fateStoreContract('Redis', (settings) =>
  createRedisFateStore({ redis, prefix: uniquePrefix(), ...settings }),
);

it('keeps no more than 64 KiB of one event, and whole records', async () => {
  const store = createRedisFateStore({
    redis,
    prefix: uniquePrefix(),
    keptSeconds: 60,
    keptEvents: 100,
    now: Date.now,
  });
  const batch = Array.from({ length: 200 }, (_, index) => fateRecord({ content: `content-${index}` }));
  for (let round = 0; round < 5; round += 1) await store.record(batch);
  const [{ records } = { records: [] }] = await store.ofEvents(['evt_1']);
  expect(records.length).toBeGreaterThan(300);
  expect(records.length).toBeLessThan(600);
  expect(records.slice(0, 200)).toEqual(batch);
});

it('rejects with a retryable fault while Redis is away', async () => {
  const gone = createRedis({ url: 'redis://127.0.0.1:1', clientName: 'test', logger: silent });
  const store = createRedisFateStore({ redis: gone, keptSeconds: 60, keptEvents: 100, now: Date.now });
  const fault = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };
  await expect(store.record([fateRecord()])).rejects.toMatchObject(fault);
  await expect(store.ofEvents(['evt_1'])).rejects.toMatchObject(fault);
  await gone.close();
});
