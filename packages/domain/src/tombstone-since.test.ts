import { expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { tombstoneSince } from './tombstone-since.ts';

const bookAfter = (...steps: ((book: ContactBook) => unknown)[]): ContactBook => {
  const book = new ContactBook();
  for (const step of steps) step(book);
  return book;
};

test('nothing live is a tombstone, nor is one that came back', () => {
  expect(tombstoneSince({ mirror: null, contact: null })).toBeNull();
  expect(tombstoneSince(bookAfter((book) => book.take(upsert(1))))).toBeNull();
  const revived = bookAfter(
    (book) => book.take(upsert(1)),
    (book) => book.take(deletion(2)),
    (book) => book.take(upsert(3)),
  );
  expect(tombstoneSince(revived)).toBeNull();
});

test('a delete there or here counts from its moment, whatever comes beneath it', () => {
  const there = bookAfter(
    (book) => book.take(upsert(1)),
    (book) => book.take(deletion(2)),
    (book) => book.take(upsert(1)),
  );
  expect(tombstoneSince(there)).toBe(there.whole.deletedAt);
  const here = bookAfter(
    (book) => book.take(upsert(1)),
    (book) => book.delete(),
  );
  const { deletedAt } = here.whole;
  here.take(upsert(2, { acme_title: 'Countess' }));
  expect(tombstoneSince(here)).toBe(deletedAt);
});

test('one that is known by its delete alone counts from the last delete that was taken', () => {
  const book = bookAfter((fresh) => fresh.take(deletion(5)));
  expect(tombstoneSince(book)).toBe(book.known.takenAt);
  book.take(deletion(6));
  expect(tombstoneSince(book)).toBe(book.known.takenAt);
});

test('a stub is done with until AcmeCRM tells of a later delete', () => {
  const book = bookAfter(
    (fresh) => fresh.take(upsert(1)),
    (fresh) => fresh.take(deletion(2)),
    (fresh) => fresh.sweep(),
  );
  expect(tombstoneSince(book)).toBeNull();
  book.take(upsert(1));
  expect(tombstoneSince(book)).toBeNull();
  book.take(deletion(3));
  expect(tombstoneSince(book)).toBe(book.known.takenAt);
  book.sweep();
  expect(tombstoneSince(book)).toBeNull();
});
