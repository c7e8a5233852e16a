import { redisVersions } from '@contact-sync/launcher/artifacts/redis-versions.ts';
import { askRedis } from '@contact-sync/launcher/servers/redis-answer.ts';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { type RedisServer, startRedisServer, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { bothWaysContract } from './both-ways.contract.ts';
import { changesContract } from './changes.contract.ts';
import { contactListContract } from './contact-list.contract.ts';
import { contactStoreContract } from './contact-store.contract.ts';
import { gapsContract } from './gaps.contract.ts';
import { nearCacheContract } from './near-cache.contract.ts';
import { outboxRelayContract } from './outbox-relay.contract.ts';
import { tombstonesContract } from './tombstones.contract.ts';

const runUrl = testEnvironment().REDIS_URL;
const ofRun = /^redis_version:(\d+\.\d+)/m.exec(await askRedis(runUrl, 'INFO server'))?.[1] ?? '?';

const suites = (name: string, url: () => string): void => {
  let redis: RedisConnection;
  beforeAll(async () => {
    redis = await openRedis(url());
  });
  afterAll(() => redis?.close());
  const createStore = (options: { historyLimit: number; conflictLimit?: number }) =>
    createRedisContactStore({ redis, prefix: uniquePrefix(), ...options });
  contactStoreContract(name, createStore);
  contactListContract(name, createStore);
  changesContract(name, createStore);
  gapsContract(name, createStore);
  bothWaysContract(name, createStore);
  tombstonesContract(name, createStore);
  outboxRelayContract(name, () => redis);
  nearCacheContract(name, url);
};

describe('the Redis of the run', () => suites(`Redis ${ofRun}`, () => runUrl));

for (const { name, executable, missing } of await redisVersions()) {
  if (ofRun.startsWith(name)) continue;
  const title = executable === undefined ? `not run on Redis ${name}: ${missing}` : 'another version';
  describe.skipIf(executable === undefined)(title, () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedisServer(executable === undefined ? {} : { executable });
    });
    afterAll(() => server?.stop());
    suites(`Redis ${name}`, () => server.url);
  });
}
