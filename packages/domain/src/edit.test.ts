import { describe, expect, test } from 'vitest';
import { upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { type ContactFields, createContact, outgoingEventId, replaceContact } from './index.ts';

const id = '0192d7e8-0000-7000-8000-000000000000';
const editor = { by: 'user:ada', now: '2026-03-01T12:00:00.000Z' };
const fields: ContactFields = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: 'lead',
  tags: ['vip'],
  customFields: {},
};

describe('create', () => {
  test('makes a contact of our own at version 1 with history and a created event', () => {
    expect(createContact(id, fields, editor)).toEqual({
      kind: 'edited',
      contact: {
        ...fields,
        id,
        source: 'api',
        sourceId: null,
        createdAt: editor.now,
        updatedAt: editor.now,
        version: 1,
      },
      history: {
        at: editor.now,
        by: 'user:ada',
        version: 1,
        outgoingEventId: outgoingEventId(id, 1),
        changes: [
          { field: 'firstName', from: null, to: 'Ada' },
          { field: 'lastName', from: null, to: 'Lovelace' },
          { field: 'email', from: null, to: 'ada@example.com' },
          { field: 'status', from: null, to: 'lead' },
          { field: 'tags', from: [], to: ['vip'] },
        ],
      },
      outgoing: { type: 'created', eventId: outgoingEventId(id, 1) },
    });
  });
});

describe('replace', () => {
  test('makes the next version and names each field that changed', () => {
    const { contact } = createContact(id, fields, editor);
    const later = { by: 'user:bob', now: '2026-03-02T12:00:00.000Z' };
    const result = replaceContact(contact, { ...fields, title: 'Countess', tags: [] }, later);
    expect(result).toMatchObject({
      kind: 'edited',
      contact: { title: 'Countess', version: 2, createdAt: editor.now, updatedAt: later.now },
      history: {
        by: 'user:bob',
        changes: [
          { field: 'title', from: null, to: 'Countess' },
          { field: 'tags', from: ['vip'], to: [] },
        ],
      },
      outgoing: { type: 'updated', eventId: outgoingEventId(id, 2) },
    });
  });

  test('with the fields that stand makes no version, no history and no event', () => {
    const { contact } = createContact(id, fields, editor);
    expect(replaceContact(contact, { ...fields }, editor)).toEqual({ kind: 'unedited', contact });
  });

  test('of a deleted contact is refused', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.delete();
    expect(book.edit({ title: 'x' })).toEqual({ kind: 'refused', code: 'CONTACT_DELETED' });
  });

  test('leaves where a contact came from alone', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.edit({ title: 'x' });
    expect(book.whole).toMatchObject({ source: 'acmecrm', sourceId: 'acme-1' });
  });
});

describe('delete and restore', () => {
  test('keep every field, make a version each and send deleted, then updated', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'Countess' }));
    const before = book.whole;
    book.delete();
    expect(book.whole).toMatchObject({ title: 'Countess', version: 2, deletedAt: book.whole.updatedAt });
    book.restore();
    expect(book.whole).toEqual({ ...before, version: 3, updatedAt: book.whole.updatedAt });
    expect(book.outgoing.map(({ type }) => type)).toEqual(['created', 'deleted', 'updated']);
    expect(book.history.slice(1).map(({ changes }) => changes)).toEqual([
      [{ field: 'deleted', from: false, to: true }],
      [{ field: 'deleted', from: true, to: false }],
    ]);
  });

  test('change nothing where nothing is to be done', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    expect(book.restore().kind).toBe('unedited');
    book.delete();
    expect(book.delete().kind).toBe('unedited');
    expect(book.history).toHaveLength(2);
  });
});
