import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll } from 'vitest';
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
