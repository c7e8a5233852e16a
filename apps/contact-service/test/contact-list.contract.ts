import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactList } from '../src/domain/lists/contact-list.ts';
import type { ContactStore, ListQuery } from '../src/ports.ts';
import { putContacts, storedContact } from './stored-contacts.ts';

/** How every store of contacts narrows lists down; run on the fake and on the real one. */
export const contactListContract = (
  name: string,
  createStore: (options: { historyLimit: number }) => ContactStore,
): void => {
  describe(`the contact store on ${name} narrows a list down`, () => {
    let store: ContactStore;
    const ids = {
      ada: '00000000-0000-4000-8000-000000000001',
      grace: '00000000-0000-4000-8000-000000000002',
      asa: '00000000-0000-4000-8000-000000000003',
    };
    const people = {
      ada: storedContact({
        id: ids.ada,
        email: 'Ada@Example.com',
        company: 'Café Babbage',
        tags: ['VIP', 'maths'],
        createdAt: '2026-01-01T00:00:00.001Z',
        updatedAt: '2026-01-03T00:00:00.000Z',
      }),
      grace: storedContact({
        id: ids.grace,
        firstName: 'Grace',
        lastName: 'Hopper',
        email: 'grace@example.com',
        status: 'active',
        source: 'api',
        company: 'Navy',
        tags: ['vip'],
        createdAt: '2026-01-01T00:00:00.002Z',
        updatedAt: '2026-01-02T00:00:00.000Z',
      }),
      asa: storedContact({
        id: ids.asa,
        firstName: 'Åsa',
        lastName: 'Grade',
        email: 'asa@example.com',
        status: 'lead',
        createdAt: '2026-01-01T00:00:00.003Z',
        updatedAt: '2026-01-01T00:00:00.003Z',
      }),
    };
    const listed = async (query: Partial<ListQuery>) => {
      const order = { by: 'createdAt', descending: false } as const;
      const { items } = await store.list({ order, limit: 10, includeDeleted: false, ...query });
      return items.map(({ id }) => Object.entries(ids).find((entry) => entry[1] === id)?.[0]);
    };

    beforeEach(async () => {
      store = createStore({ historyLimit: 5 });
      await putContacts(store, Object.values(people));
    });

    it.each<[NonNullable<ContactList['filters']>, string[]]>([
      [{ email: 'aDA@eXAMPLE.COM' }, ['ada']],
      [{ email: 'ada@example' }, []],
      [{ status: 'active' }, ['grace']],
      [{ status: 'inactive' }, []],
      [{ company: 'cafe\u0301 babbage' }, ['ada']],
      [{ company: 'cafe babbage' }, []],
      [{ tag: 'vip' }, ['ada', 'grace']],
      [{ tag: 'vi' }, []],
      [{ source: 'acmecrm' }, ['ada', 'asa']],
      [{ updatedSince: Date.parse('2026-01-02T00:00:00.000Z') }, ['ada', 'grace']],
      [{ updatedSince: Date.parse('2026-01-02T00:00:00.001Z') }, ['ada']],
      [{ q: 'AS' }, ['asa']],
      [{ q: 'gra' }, ['grace', 'asa']],
      [{ q: 'grace hop' }, ['grace']],
      [{ q: 'hopper g' }, []],
      [{ tag: 'vip', status: 'active' }, ['grace']],
      [{ tag: 'vip', status: 'lead' }, []],
      [{ q: 'g', source: 'acmecrm', updatedSince: 0 }, ['asa']],
      [{ company: 'a:*{}\r\n[](-+' }, []],
    ])('by %j', async (filters, names) => {
      expect(await listed({ filters })).toEqual(names);
    });

    it('in the order of the names that were found, a contact with two of them once', async () => {
      await putContacts(store, [{ ...people.ada, firstName: 'Grada', lastName: 'Grant' }]);
      const order = { by: 'match', descending: false } as const;
      expect(await listed({ order, filters: { q: 'gra' } })).toEqual(['grace', 'ada', 'asa']);
      const page = await store.list({ order, includeDeleted: false, limit: 1, filters: { q: 'gra' } });
      expect(await listed({ order, filters: { q: 'gra' }, ...(page.next && { after: page.next }) })).toEqual([
        'ada',
        'asa',
      ]);
    });

    it('by what a contact is now, not by what it was', async () => {
      const { status: _, ...grace } = people.grace;
      await putContacts(store, [{ ...grace, status: null, company: 'Yale', tags: ['VIP', 'vip'] }]);
      expect(await listed({ filters: { status: 'active' } })).toEqual([]);
      expect(await listed({ filters: { company: 'navy' } })).toEqual([]);
      expect(await listed({ filters: { company: 'yale', tag: 'vip' } })).toEqual(['grace']);
    });

    it('by each of two values that share the beginning of their hash', async () => {
      // Found by trying: both begin with XCzreX.
      const [one, other] = ['t52893', 't106208'];
      await putContacts(store, [
        { ...people.ada, tags: [one, other] },
        { ...people.grace, tags: [other] },
      ]);
      expect(await listed({ filters: { tag: one } })).toEqual(['ada']);
      expect(await listed({ filters: { tag: other } })).toEqual(['ada', 'grace']);
      await putContacts(store, [{ ...people.ada, tags: [other] }]);
      expect(await listed({ filters: { tag: one } })).toEqual([]);
      expect(await listed({ filters: { tag: other } })).toEqual(['ada', 'grace']);
    });

    it('to deleted contacts too where they are asked for', async () => {
      await putContacts(store, [{ ...people.grace, deletedAt: '2026-01-04T00:00:00.000Z' }]);
      expect(await listed({ filters: { tag: 'vip' } })).toEqual(['ada']);
      expect(await listed({ filters: { tag: 'vip' }, includeDeleted: true })).toEqual(['ada', 'grace']);
    });

    it('to nothing of a swept tombstone', async () => {
      await putContacts(store, [{ stub: true, id: ids.grace, version: 0 }]);
      expect(await listed({ filters: { tag: 'vip' }, includeDeleted: true })).toEqual(['ada']);
    });
  });
};
