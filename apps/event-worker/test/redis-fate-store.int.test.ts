import { createRedis, type RedisConnection } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll } from 'vitest';
import { createRedisFateStore } from '../src/adapters/redis-fates/redis-fate-store.ts';
import { fateStoreContract } from './fate-store.contract.ts';

const silent = { info: () => undefined, warn: () => undefined };

let redis: RedisConnection;
beforeAll(async () => {
  redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });
  redis.connect();
  await redis.waitUntilReady(10_000);
});
afterAll(() => redis?.close());

fateStoreContract('Redis', (settings) =>
  createRedisFateStore({ redis, prefix: uniquePrefix(), ...settings }),
);
