import { describe, expect, test } from 'vitest';
import { contactId, deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';

const swept = (prepare: (book: ContactBook) => void): ContactBook => {
  const book = new ContactBook();
  prepare(book);
  expect(book.sweep()).toBe(true);
  return book;
};

const deletedThere = (): ContactBook =>
  swept((book) => {
    book.take(upsert(1, { acme_title: 'Countess' }));
    book.take(deletion(2));
  });

const deletedHere = (): ContactBook =>
  swept((book) => {
    book.take(upsert(2));
    book.delete();
  });

test('a live contact is no tombstone', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  expect(book.sweep()).toBe(false);
  book.take(deletion(2));
  book.restore();
  expect(book.sweep()).toBe(false);
});

test('a stub holds versions and flags and no content', () => {
  const book = deletedThere();
  expect(book.contact).toEqual({
    stub: true,
    id: contactId,
    version: 2,
    createdAt: '2026-03-01T12:00:01.000Z',
  });
  expect(book.known).toMatchObject({
    sourceVersion: 2,
    deleted: true,
    contentHash: null,
    record: null,
    base: null,
  });
  expect(JSON.stringify([book.mirror, book.contact])).not.toMatch(/Ada|Lovelace|Countess|evt_/);
});

test('a contact known only by its delete leaves its mirror alone', () => {
  const book = swept((fresh) => fresh.take(deletion(5)));
  expect(book.contact).toBeNull();
  expect(book.known).toMatchObject({ sourceVersion: 5, deleted: true });
});

test('a stub can be swept again and stays as it is', () => {
  const book = deletedThere();
  const { contact } = book;
  expect(book.sweep()).toBe(true);
  expect(book.contact).toEqual(contact);
});

describe('an event that meets a stub', () => {
  test('above it revives the contact, which counts its version on', () => {
    const book = deletedThere();
    book.take(upsert(3));
    expect(book.whole).toMatchObject({ firstName: 'Ada', title: null, version: 3, source: 'acmecrm' });
    expect(book.whole.deletedAt).toBeUndefined();
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'updated', version: 3 });
    expect(book.history.at(-1)?.changes).toContainEqual({ field: 'deleted', from: true, to: false });
  });

  test('below it is superseded, at its version a duplicate', () => {
    const book = deletedThere();
    expect(book.take(upsert(1))).toMatchObject({ fate: 'superseded' });
    expect(book.take(upsert(2))).toMatchObject({ fate: 'superseded' });
    expect(book.take(deletion(2))).toMatchObject({ fate: 'duplicate' });
    expect(book.take(deletion(3))).toMatchObject({ fate: 'unchanged' });
    expect(book.contact).toMatchObject({ stub: true, version: 2 });
  });

  test('of a delete made here stays deleted beneath an update, at the next version', () => {
    const book = deletedHere();
    expect(book.take(upsert(2, { acme_title: 'unknown by now' }))).toMatchObject({ fate: 'duplicate' });
    book.take(upsert(3, { acme_title: 'Analyst' }));
    expect(book.whole).toMatchObject({ title: 'Analyst', version: 3, deletedAt: book.whole.updatedAt });
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'deleted', version: 3 });
  });

  test('of a delete made here revives after AcmeCRM itself deleted and came back', () => {
    const book = deletedHere();
    expect(book.take(deletion(3))).toMatchObject({ fate: 'applied', change: null });
    book.take(upsert(4));
    expect(book.whole).toMatchObject({ version: 3 });
    expect(book.whole.deletedAt).toBeUndefined();
  });
});
