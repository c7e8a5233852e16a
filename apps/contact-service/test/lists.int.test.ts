import { randomUUID } from 'node:crypto';
import type { Contact } from '@contact-sync/domain';
import { chunksOf } from '@contact-sync/domain';
import { useRedis } from '@contact-sync/redis/testing';
import { propertyRuns, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContactKeys, listShard } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { standingOrders } from '../src/domain/lists/list-position.ts';
import { contactArbitrary, contactsArbitrary, listArbitrary } from './list-arbitraries.ts';
import { holdsWhatIsThere } from './list-law.ts';
import { idsOfList, walkedIds } from './list-model.ts';
import { putContacts } from './stored-contacts.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const { seed, numRuns } = propertyRuns('lists of contacts', 300);

const realStore = (prefix = uniquePrefix()) => createRedisContactStore({ redis, historyLimit: 5, prefix });

/** How many indexes there are: an empty one is none. */
const countIndexes = (prefix: string): Promise<number> => {
  const keys = createContactKeys(prefix);
  const orders = standingOrders.map((order) => keys.order(listShard, order));
  return redis.use((client) => client.exists(...orders, keys.filters(listShard)));
};

describe(`lists of contacts (PROPERTY_SEED=${seed})`, () => {
  it('hold what a look at every contact finds, each once and in order, whatever is asked for', async () => {
    const [contacts = []] = fc.sample(contactsArbitrary(2_500), { numRuns: 1, seed });
    const store = realStore();
    for (const some of chunksOf(contacts, 250)) await putContacts(store, some);
    await holdsWhatIsThere(store, contacts, { numRuns, seed });
  });

  it('follow every change of a contact, and leave nothing behind when it is gone', async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const step = fc.record({ id: fc.constantFrom(...ids), contact: fc.option(contactArbitrary) });
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      fc.array(listArbitrary, { minLength: 5, maxLength: 5 }),
      async (steps, lists) => {
        const prefix = uniquePrefix();
        const store = realStore(prefix);
        const held = new Map<string, Contact>();
        for (const { id, contact } of steps) {
          // When it was made never changes; a contact that was swept may come back as a new one.
          const createdAt = held.get(id)?.createdAt ?? contact?.createdAt ?? '';
          if (contact === null) held.delete(id);
          else held.set(id, { ...contact, id, createdAt });
          await putContacts(store, [held.get(id) ?? { stub: true, id, version: 0 }]);
        }
        for (const list of lists)
          expect(await walkedIds(store, list, 2)).toEqual(idsOfList(held.values(), list));
        expect(await countIndexes(prefix)).toBe(held.size > 0 ? 4 : 0);
        await putContacts(
          store,
          ids.map((id) => ({ stub: true, id, version: 0 })),
        );
        expect(await countIndexes(prefix)).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: Math.ceil(numRuns / 5), seed });
  });
});
