import { createRedis } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { contactListContract } from './contact-list.contract.ts';
import { contactStoreContract } from './contact-store.contract.ts';

const silent = { info: () => undefined, warn: () => undefined };
const redis = createRedis({ url: testEnvironment().REDIS_URL, clientName: 'test', logger: silent });

beforeAll(async () => {
  redis.connect();
  await redis.waitUntilReady(10_000);
});
afterAll(() => redis.close());

const createStore = (options: { historyLimit: number }) =>
  createRedisContactStore({ redis, prefix: uniquePrefix(), ...options });

contactStoreContract('Redis', createStore);
contactListContract('Redis', createStore);
