import { type Contact, type ContactStub, emptyContactFields } from '@contact-sync/domain';
import type { ContactStore } from '../src/ports.ts';

/** A contact as the store holds it; what is not given is plain. */
export const storedContact = (given: Partial<Contact> & { readonly id: string }): Contact => ({
  ...emptyContactFields,
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  source: 'acmecrm',
  sourceId: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: given.createdAt ?? '2026-01-01T00:00:00.000Z',
  version: 1,
  ...given,
});

/** Writes contacts as they are, whatever is there; each becomes the next version. */
export const putContacts = async (
  store: ContactStore,
  contacts: readonly (Contact | ContactStub)[],
): Promise<void> => {
  const snapshots = await store.load(contacts.map(({ id }) => id));
  const writes = contacts.flatMap((contact, index) => {
    const before = snapshots[index];
    if (!before) return [];
    const version = (before.contact?.version ?? 0) + 1;
    const write = { id: contact.id, before, mirror: null, history: [], outgoing: [] };
    return [{ ...write, contact: { ...contact, version } }];
  });
  const outcomes = await store.commit(writes);
  if (outcomes.some((outcome) => outcome !== 'written')) throw new Error('somebody else wrote in between');
};
