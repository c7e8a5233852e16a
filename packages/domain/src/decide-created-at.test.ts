import { expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { simpleMapping } from '../test/simple-mapping.ts';

const given = '2015-12-15T17:29:57+02:00';
const canonical = '2015-12-15T15:29:57.000Z';
const other = '2019-01-01T00:00:00Z';
const firstSight = '2026-03-01T12:00:01.000Z';

const bornWith = (acme_created_at: string | null): ContactBook => {
  const book = new ContactBook();
  book.take(upsert(1, { acme_created_at }));
  return book;
};

test('a contact was created when AcmeCRM says so at first sight, in UTC', () => {
  const book = bornWith(given);
  expect(book.whole).toMatchObject({ createdAt: canonical, updatedAt: firstSight });
});

test.each([null, '0001-01-01T00:00:00Z'])(
  'one whose creation AcmeCRM tells as %s was created at our first sight',
  (told) => {
    expect(bornWith(told).whole.createdAt).toBe(firstSight);
  },
);

test.each<[string, (book: ContactBook) => unknown]>([
  ['a later version', (book) => book.take(upsert(2, { acme_created_at: other, acme_title: 'b' }))],
  ['a repeat', (book) => book.take(upsert(1, { acme_created_at: other }, { eventId: 'evt_again' }))],
  ['an edit', (book) => book.edit({ title: 'ours' })],
  [
    'a delete and a new create',
    (book) => {
      book.take(deletion(2));
      book.take({ ...upsert(3, { acme_created_at: other }), eventType: 'contact.created' });
    },
  ],
  [
    'a revival from the stub',
    (book) => {
      book.take(deletion(2));
      book.sweep();
      book.take(upsert(3, { acme_created_at: other }));
    },
  ],
  [
    'a remap',
    (book) => {
      book.mapping = simpleMapping({ id: 'loud', loud: true });
      book.remap();
    },
  ],
])('%s leaves it', (_, happens) => {
  for (const told of [given, null]) {
    const book = bornWith(told);
    const { createdAt } = book.whole;
    happens(book);
    expect(book.whole.createdAt).toBe(createdAt);
  }
});

test('a contact that was first told of by its delete is created as its record says', () => {
  const book = new ContactBook();
  book.take(deletion(5));
  book.take(upsert(6, { acme_created_at: given }));
  expect(book.whole.createdAt).toBe(canonical);
});
