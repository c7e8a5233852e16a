import { describe, expect, it } from 'vitest';
import type { CrmStore } from '../src/crm-ports.ts';
import { type CrmContact, eventOf, newContact, patched } from '../src/domain/crm/crm-contact.ts';

const given = { acme_first_name: 'Ada', acme_last_name: 'Byron', acme_email: 'ada@example.com' };

const contactAt = (id: string, ms: number, externalId?: string): CrmContact =>
  newContact(
    { ...given, ...(externalId !== undefined && { acme_external_id: externalId }) },
    id,
    new Date(ms).toISOString(),
  );

const write = (store: CrmStore, contact: CrmContact) =>
  store.write({ contact, event: eventOf(contact, `evt ${contact.record.id}`) });

/** What every {@link CrmStore} guarantees. */
export const crmStoreContract = (name: string, create: () => CrmStore): void => {
  describe(`${name} as AcmeCRM's store`, () => {
    it('gives a contact back as it was written, with the digits of its numbers', async () => {
      const store = create();
      const contact = newContact(
        { ...given, acme_big: JSON.rawJSON('12345678901234567890') },
        'a',
        new Date(5).toISOString(),
      );
      expect(await write(store, contact)).toEqual({ kind: 'written' });
      expect((await store.find('a'))?.contact).toEqual(contact);
      expect(await store.find('b')).toBeUndefined();
    });

    it('writes nothing over what is not as it was read any more', async () => {
      const store = create();
      await write(store, contactAt('a', 5));
      const before = await store.find('a');
      if (!before) throw new Error('it was written');
      const next = (title: string, at: number) => {
        const contact = patched(before.contact, { acme_title: title }, new Date(at).toISOString());
        if (!contact) throw new Error('it changes');
        return { before, contact, event: eventOf(contact, 'evt') };
      };
      expect(await store.write(next('one', 6))).toEqual({ kind: 'written' });
      expect(await store.write(next('other', 7))).toEqual({ kind: 'moved' });
      expect(await write(store, contactAt('a', 8))).toEqual({ kind: 'moved' });
      expect((await store.find('a'))?.contact.record.acme_title).toBe('one');
    });

    it('gives an external id to one contact alone', async () => {
      const store = create();
      expect(await write(store, contactAt('a', 5, 'ours'))).toEqual({ kind: 'written' });
      expect(await write(store, contactAt('b', 6, 'ours'))).toEqual({ kind: 'taken', id: 'a' });
      expect(await store.find('b')).toBeUndefined();
    });

    it('keeps the answer to a request with the contact', async () => {
      const store = create();
      const contact = contactAt('a', 5);
      await store.write({ contact, event: eventOf(contact, 'evt'), answer: { key: 'k 1', bodyHash: 'h' } });
      expect(await store.answerOf('k 1')).toEqual({ bodyHash: 'h', contact });
      expect(await store.answerOf('k 2')).toBeUndefined();
    });

    it('lists by the time of the last change and id, a changed one at its new place', async () => {
      const store = create();
      for (const [id, ms] of [
        ['c', 10],
        ['a', 10],
        ['b', 20],
      ] as const)
        await write(store, contactAt(id, ms));
      const before = await store.find('a');
      const contact = before && patched(before.contact, { acme_title: 'x' }, new Date(30).toISOString());
      if (before && contact) await store.write({ before, contact, event: eventOf(contact, 'evt') });
      const idsOf = (contacts: readonly CrmContact[]) => contacts.map(({ record }) => record.id);
      const first = await store.list({ from: 0, limit: 2 });
      expect(idsOf(first.contacts)).toEqual(['c', 'b']);
      const rest = await store.list({ from: 0, after: first.next ?? '', limit: 2 });
      expect([idsOf(rest.contacts), rest.next]).toEqual([['a'], undefined]);
      expect(idsOf((await store.list({ from: 20, limit: 10 })).contacts)).toEqual(['b', 'a']);
    });
  });
};
