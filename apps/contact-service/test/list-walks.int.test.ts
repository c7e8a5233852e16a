import { randomUUID } from 'node:crypto';
import type { Contact, ContactStub } from '@contact-sync/domain';
import { chunksOf } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import { useRedis } from '@contact-sync/redis/testing';
import { seededRandom, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactList } from '../src/domain/lists/contact-list.ts';
import type { ContactStore } from '../src/ports.ts';
import { pagesOf, walkedIds } from './list-model.ts';
import { putContacts, storedContact } from './stored-contacts.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const epoch = Date.parse('2026-01-01T00:00:00.000Z');
const at = (ms: number) => new Date(epoch + ms).toISOString();

const put = async (store: ContactStore, contacts: readonly Contact[]) => {
  for (const some of chunksOf(contacts, 250)) await putContacts(store, some);
};

const orders: ContactList['order'][] = [
  { by: 'createdAt', descending: false },
  { by: 'createdAt', descending: true },
  { by: 'updatedAt', descending: true },
  { by: 'lastName', descending: false },
];

const narrowings: NonNullable<ContactList['filters']>[] = [
  {},
  { company: 'Navy' },
  { q: 'lo', status: 'lead' },
  { tag: 'vip', updatedSince: epoch + 1_000 },
];

describe(`a walk over a list that others write to (PROPERTY_SEED=${seed})`, () => {
  const random = seededRandom(seed);
  const among = (count: number) => Math.floor(random() * count);
  const sailor = (): Contact =>
    storedContact({
      id: randomUUID(),
      createdAt: at(among(500)),
      updatedAt: at(1_000 + among(500)),
      lastName: `Lovelace${among(40)}`,
      company: 'Navy',
      status: 'lead',
      tags: ['vip'],
    });
  const crowd = Array.from({ length: 11_000 }, (_, index) =>
    storedContact({ id: randomUUID(), createdAt: at(among(500)), lastName: `Crowd${index}` }),
  );
  // About as many sailors as may be read whole: their lists are now read whole and now walked.
  const still = Array.from({ length: 965 }, sailor);
  const restless = Array.from({ length: 60 }, sailor);
  const store = createRedisContactStore({ redis, historyLimit: 5, prefix: uniquePrefix() });

  beforeAll(() => put(store, [...crowd, ...still, ...restless]));

  const restlessly = (contact: Contact): Contact | ContactStub => {
    const fate = among(5);
    if (fate === 0) return { stub: true, id: contact.id, version: 0 };
    return {
      ...contact,
      updatedAt: at(1_000 + among(500)),
      lastName: `Lovelace${among(40)}`,
      company: fate === 1 ? 'Elsewhere' : 'Navy',
      tags: fate === 1 ? [] : ['vip'],
      ...(fate === 2 && { deletedAt: at(2_000) }),
    };
  };

  const writeUntil = async (isOver: () => boolean, mine: readonly Contact[]): Promise<number> => {
    for (let writes = 0; ; writes += 1) {
      const contact = mine[among(mine.length)];
      if (isOver() || !contact) return writes;
      await putContacts(store, [restlessly(contact)]);
    }
  };

  it.each(
    orders.flatMap((order) =>
      narrowings.map((filters) => [JSON.stringify(filters), order, filters] as const),
    ),
  )('meets every contact that stands still once: %s %j', async (_, order, filters) => {
    const list: ContactList = { order, filters, includeDeleted: false };
    let isOver = false;
    const writers = [0, 1, 2].map((third) =>
      writeUntil(
        () => isOver,
        restless.filter((_, index) => index % 3 === third),
      ),
    );
    const walks: string[][] = [];
    try {
      while (walks.length < 3) walks.push(await walkedIds(store, list, 100));
    } finally {
      isOver = true;
    }
    expect(Math.min(...(await Promise.all(writers)))).toBeGreaterThan(0);
    for (const ids of walks) {
      const counts = Map.groupBy(ids, (id) => id);
      expect(still.filter(({ id }) => counts.get(id)?.length !== 1)).toEqual([]);
      // When it was made never changes, so in that order nothing can be met again.
      if (order.by === 'createdAt') expect(counts.size).toBe(ids.length);
    }
  });
});

/** A store, and how many contacts it has read by key. */
const createCountedStore = () => {
  let reads = 0;
  const counted: RedisConnection = {
    ...redis,
    pipeline: (build) =>
      redis.pipeline((pipeline) => {
        build(pipeline);
        reads += pipeline.length;
      }),
  };
  const store = createRedisContactStore({ redis: counted, historyLimit: 5, prefix: uniquePrefix() });
  return { store, reads: () => reads };
};

describe('a page of a list', () => {
  it('looks at no more than 1,000 contacts and tells where to go on', async () => {
    const { store, reads } = createCountedStore();
    const lead = { status: 'lead', tags: ['cold'] } as const;
    const active = { status: 'active', tags: ['warm'] } as const;
    await put(
      store,
      Array.from({ length: 2_300 }, (_, index) => {
        const { status, tags } = index % 2 === 0 ? lead : active;
        return storedContact({ id: randomUUID(), createdAt: at(index), status, tags: [...tags] });
      }),
    );
    const before = reads();
    const pages = await pagesOf(
      store,
      {
        order: { by: 'createdAt', descending: false },
        includeDeleted: false,
        filters: { status: 'lead', tag: 'warm' },
      },
      50,
    );
    expect(pages.map(({ items }) => items.length)).toEqual([0, 0]);
    // Of what is left at the end less than a page is read, not asked for by index.
    expect(reads() - before).toBeLessThan(52);
  });

  it('passes deleted contacts by without reading them all', async () => {
    const { store, reads } = createCountedStore();
    await put(
      store,
      Array.from({ length: 700 }, (_, index) =>
        storedContact({
          id: randomUUID(),
          createdAt: at(index),
          ...(index >= 5 && index < 690 && { deletedAt: at(index) }),
        }),
      ),
    );
    const before = reads();
    const list: ContactList = { order: { by: 'createdAt', descending: false }, includeDeleted: false };
    const pages = await pagesOf(store, list, 10);
    expect(pages.map(({ items }) => items.length)).toEqual([10, 5]);
    expect(reads() - before).toBeLessThan(50);
  });
});
