import { randomUUID } from 'node:crypto';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContactKeys, listShard } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createIndexBuilder } from '../src/adapters/redis-contact-store/lists/index-builder.ts';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { putContacts, storedContact } from './stored-contacts.ts';

let redis: RedisConnection;
beforeAll(async () => {
  redis = await openRedis(testEnvironment().REDIS_URL);
});
afterAll(() => redis?.close());

test('contacts of an older fold are found once their indexes are built, and the older ones are gone', async () => {
  const prefix = uniquePrefix();
  const keys = createContactKeys(prefix);
  const store = createRedisContactStore({ redis, prefix, historyLimit: 5 });
  const builder = createIndexBuilder(redis, keys);
  const people = Array.from({ length: 450 }, (_, number) =>
    storedContact({ id: randomUUID(), lastName: `Đặng ${number}`, company: 'Straße' }),
  );
  await putContacts(store, people);
  expect(await builder.build()).toBe(0);
  // As an older release has them: other entries under other names.
  const [names = '', wholes = '', filters = ''] = keys.outdated(listShard);
  await redis.use((client) => client.rename(keys.order(listShard, 'lastName'), names));
  await redis.use((client) => client.rename(keys.order(listShard, 'wholeName'), wholes));
  await redis.use((client) => client.rename(keys.filters(listShard), filters));
  const found = async (filters: object) => {
    const order = { by: 'createdAt', descending: false } as const;
    return (await store.list({ order, includeDeleted: false, limit: 500, filters })).items.length;
  };
  expect(await found({ q: 'dang' })).toBe(0);

  expect(await builder.build()).toBe(450);
  expect([await found({ q: 'dang' }), await found({ company: 'STRASSE' }), await found({})]).toEqual([
    450, 450, 450,
  ]);
  expect(await redis.use((client) => client.exists(names, wholes, filters))).toBe(0);
  expect(await builder.build()).toBe(0);
});

test('what an older copy writes while it is there is indexed by the next round', async () => {
  const prefix = uniquePrefix();
  const keys = createContactKeys(prefix);
  const [names = ''] = keys.outdated(listShard);
  const store = createRedisContactStore({ redis, prefix, historyLimit: 5 });
  const builder = createIndexBuilder(redis, keys);
  for (let round = 0; round < 2; round += 1) {
    await putContacts(store, [storedContact({ id: randomUUID(), lastName: 'Łukasik' })]);
    await redis.use((client) => client.zadd(names, '0', 'łukasik'));
    expect(await builder.build()).toBe(round + 1);
    expect(await builder.build()).toBe(0);
  }
});
