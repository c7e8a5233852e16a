import { randomUUID } from 'node:crypto';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContactKeys } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';

let redis: RedisConnection;
beforeAll(async () => {
  redis = await openRedis(testEnvironment().REDIS_URL);
});
afterAll(() => redis?.close());

test('a caller keeps as many answers as may be, the newest ones, and nobody pays for another', async () => {
  const prefix = uniquePrefix();
  const told = { kept: 0, bytes: 0, dropped: 0 };
  const store = createRedisContactStore({
    redis,
    prefix,
    historyLimit: 5,
    keptAnswerLimit: 3,
    answers: {
      kept: (count, bytes) => {
        told.kept += count;
        told.bytes += bytes;
      },
      dropped: (count) => {
        told.dropped += count;
      },
    },
  });
  const id = randomUUID();
  const keep = async (owner: string, ...scopes: string[]) => {
    const before = await store.loadForEdit(id);
    const answers = scopes.map((scope) => ({
      scope,
      owner,
      fingerprint: 'f',
      answer: { status: 204, version: 1 },
    }));
    const write = { id, before, mirror: null, contact: null, history: [], outgoing: [], answers };
    expect(await store.commit([write])).toEqual(['written']);
  };
  await keep('other', 'o1');
  for (const scope of ['a', 'b', 'c', 'd']) await keep('ada', scope);
  await keep('ada', 'e', 'f');
  const kept = await store.answers(id, ['o1', 'a', 'b', 'c', 'd', 'e', 'f']);
  expect([...kept.keys()]).toEqual(['o1', 'd', 'e', 'f']);
  const list = createContactKeys(prefix).answers(id, 'ada');
  expect(await redis.use((client) => client.lrange(list, 0, -1))).toEqual(['f', 'e', 'd']);
  expect(told).toEqual({ kept: 7, bytes: expect.any(Number), dropped: 3 });
});
