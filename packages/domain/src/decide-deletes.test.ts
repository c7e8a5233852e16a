import { describe, expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';

const lastChanges = (book: ContactBook) => book.history.at(-1)?.changes;

describe('a delete in AcmeCRM', () => {
  test('at the version of the mirror applies, keeps every field and sends a deleted event', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'Countess' }));
    expect(book.take(deletion(1))).toMatchObject({ fate: 'applied' });
    expect(book.whole).toMatchObject({
      title: 'Countess',
      version: 2,
      deletedAt: '2026-03-01T12:00:02.000Z',
    });
    expect(book.known).toMatchObject({ deleted: true, record: { acme_title: 'Countess' } });
    expect(lastChanges(book)).toEqual([{ field: 'deleted', from: false, to: true }]);
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'deleted', version: 2 });
  });

  test('of an unknown contact writes mirror and history only', () => {
    const book = new ContactBook();
    expect(book.take(deletion(5))).toMatchObject({ fate: 'applied', change: null, history: { changes: [] } });
    expect(book.contact).toBeNull();
    expect(book.outgoing).toEqual([]);
    expect(book.known).toMatchObject({ sourceVersion: 5, deleted: true, record: null, base: null });
  });

  test('before create and update stays a tombstone, and a higher version then makes the contact', () => {
    const book = new ContactBook();
    book.take(deletion(5));
    expect(book.take(upsert(1))).toMatchObject({ fate: 'superseded' });
    expect(book.take(upsert(4))).toMatchObject({ fate: 'superseded' });
    expect(book.take(upsert(6))).toMatchObject({ fate: 'applied' });
    expect(book.whole).toMatchObject({ version: 1 });
    expect(book.outgoing).toMatchObject([{ type: 'created', version: 1 }]);
  });

  test('of a contact that is deleted here already has a history entry and no version', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.delete();
    expect(book.take(deletion(2))).toMatchObject({ fate: 'applied', change: null });
    expect(book.whole.version).toBe(2);
    expect(book.known.deleted).toBe(true);
  });
});

describe('an update after a delete', () => {
  test('revives the contact, which counts its version on', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.take(deletion(2));
    book.take(upsert(3, { acme_title: 'back' }));
    expect(book.whole).toMatchObject({ title: 'back', version: 3 });
    expect(book.whole.deletedAt).toBeUndefined();
    expect(lastChanges(book)).toEqual([
      { field: 'title', from: null, to: 'back' },
      { field: 'deleted', from: true, to: false },
    ]);
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'updated', version: 3 });
  });

  test('revives with the content of before the delete too', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.take(deletion(2));
    expect(book.take(upsert(3))).toMatchObject({ fate: 'applied' });
    expect(lastChanges(book)).toEqual([{ field: 'deleted', from: true, to: false }]);
  });

  test('keeps the edits that were made here before the delete', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.edit({ notes: 'ours' });
    book.take(deletion(2));
    book.take(upsert(3, { acme_title: 'back' }));
    expect(book.whole).toMatchObject({ title: 'back', notes: 'ours' });
  });
});

describe('a delete made here', () => {
  test('is kept beneath updates of AcmeCRM, which merge and send deleted events', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.delete();
    const { deletedAt } = book.whole;
    book.take(upsert(2, { acme_title: 'Analyst' }));
    expect(book.whole).toMatchObject({ title: 'Analyst', deletedAt, version: 3 });
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'deleted', version: 3 });
  });

  test('ends when AcmeCRM itself goes from deleted to not deleted', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.delete();
    book.take(deletion(2));
    book.take(upsert(3));
    expect(book.whole.deletedAt).toBeUndefined();
  });

  test('is kept when the delete of AcmeCRM comes too late to be taken', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.delete();
    book.take(upsert(3, { acme_title: 'on' }));
    book.take(deletion(2));
    expect(book.whole.deletedAt).toBeDefined();
  });
});

test('a contact that AcmeCRM deleted and that was restored here stays live until AcmeCRM deletes anew', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(deletion(2));
  book.restore();
  book.take(deletion(3));
  expect(book.whole.deletedAt).toBeUndefined();
  book.take(upsert(4));
  expect(book.whole.deletedAt).toBeUndefined();
  book.take(deletion(5));
  expect(book.whole.deletedAt).toBeDefined();
});
