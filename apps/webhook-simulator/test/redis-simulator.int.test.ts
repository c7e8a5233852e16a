import { useRedis } from '@contact-sync/redis/testing';
import { eventually, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createRedisConduct } from '../src/adapters/crm/redis-conduct.ts';
import { createRedisCrmEvents } from '../src/adapters/crm/redis-crm-events.ts';
import { createRedisCrmStore } from '../src/adapters/crm/redis-crm-store.ts';
import { createRedisDeliveryLog } from '../src/adapters/redis-delivery-log.ts';
import { eventOf, newContact } from '../src/domain/crm/crm-contact.ts';
import { conductContract } from './conduct-store.contract.ts';
import { crmStoreContract } from './crm-store.contract.ts';
import { deliveryLogContract, newDelivery } from './delivery-log.contract.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const prefix = uniquePrefix();

afterAll(async () => {
  const keys = await redis.client.keys(`${prefix}*`);
  if (keys.length > 0) await redis.client.del(...keys);
});

let prefixes = 0;
const ownPrefix = () => {
  prefixes += 1;
  return `${prefix}${prefixes}:`;
};

crmStoreContract('Redis', () => createRedisCrmStore(redis, { keyPrefix: ownPrefix() }));
conductContract('Redis', () => createRedisConduct(redis, { keyPrefix: ownPrefix() }));
deliveryLogContract('Redis', () =>
  createRedisDeliveryLog(redis, { keyPrefix: ownPrefix(), onLoss: expect.fail }),
);

describe('the Redis log of deliveries', () => {
  it('keeps no body that is longer than 16 KiB', async () => {
    const log = createRedisDeliveryLog(redis, { keyPrefix: ownPrefix(), onLoss: expect.fail });
    const delivery = newDelivery({ body: 'x'.repeat(16_385) });
    log.add(delivery);
    await log.close();
    const kept = await log.find(delivery.id);
    expect([kept?.id, kept?.body]).toEqual([delivery.id, undefined]);
  });

  it('keeps the newest 5,000', async () => {
    const log = createRedisDeliveryLog(redis, { keyPrefix: ownPrefix(), onLoss: expect.fail });
    const deliveries = Array.from({ length: 5_003 }, () => newDelivery());
    for (const delivery of deliveries.slice(0, 3_000)) log.add(delivery);
    await log.newest();
    for (const delivery of deliveries.slice(3_000)) log.add(delivery);
    const [oldest] = await log.since(undefined, 1);
    expect(oldest?.id).toBe(deliveries[3]?.id);
    await log.close();
  });

  it('counts what it has no room for, and does not wait', async () => {
    const onLoss = vi.fn();
    const log = createRedisDeliveryLog(redis, { keyPrefix: ownPrefix(), onLoss });
    for (let index = 0; index < 5_002; index += 1) log.add(newDelivery());
    expect(onLoss).toHaveBeenCalledTimes(2);
    await log.close();
  });
});

describe('the webhooks that wait in Redis', () => {
  it('are one copy’s until they are done, with every digit', async () => {
    const keyPrefix = ownPrefix();
    const store = createRedisCrmStore(redis, { keyPrefix });
    const copies = ['one', 'other'].map((copy) => createRedisCrmEvents(redis, { copy, keyPrefix }));
    const big = JSON.rawJSON('12345678901234567890');
    const members = { acme_first_name: 'A', acme_last_name: 'B', acme_email: 'a@b.c', acme_big: big };
    for (const id of ['a', 'b', 'c']) {
      const contact = newContact(members, id, '2026-01-01T00:00:00.000Z');
      await store.write({ contact, event: eventOf(contact, `evt_${id}`) });
    }
    const [one, other] = copies;
    const taken = (await one?.take(2)) ?? [];
    expect(taken.map(({ eventId, acmeId }) => [eventId, acmeId])).toEqual([
      ['evt_a', 'a'],
      ['evt_b', 'b'],
    ]);
    expect(taken[0]?.body).toContain('"acme_big":12345678901234567890');
    expect((await other?.take(5))?.map(({ eventId }) => eventId)).toEqual(['evt_c']);
    for (const { id } of taken) await one?.done(id);
    await eventually(async () => expect(await one?.take(5)).toEqual([]));
  });
});
