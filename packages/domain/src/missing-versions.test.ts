import { expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { versionGaps } from './index.ts';

const second = 1_000;
const day = 86_400 * second;

const gapsAfter = (book: ContactBook, ms: number) => versionGaps(book.known.missing, book.pass(ms));

test('a version that is missing for 60 s is a gap, and not before', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(upsert(5, { acme_title: 'b' }));
  expect(gapsAfter(book, 59 * second)).toEqual({ gaps: [], missed: [] });
  expect(gapsAfter(book, 1 * second)).toEqual({ gaps: [{ from: 2, to: 4 }], missed: [] });
});

test('a gap of 24 h is missed, and no gap any more', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(deletion(3));
  expect(gapsAfter(book, day - second).missed).toEqual([]);
  expect(gapsAfter(book, second)).toEqual({ gaps: [], missed: [{ from: 2, to: 2 }] });
});

test('a late version closes its part of a gap, whatever its fate, and the rest keeps its age', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(upsert(6, { acme_title: 'b' }));
  book.take(upsert(4));
  expect(gapsAfter(book, 60 * second).gaps).toEqual([
    { from: 2, to: 3 },
    { from: 5, to: 5 },
  ]);
  for (const version of [2, 3, 5]) book.take(upsert(version));
  expect(gapsAfter(book, day)).toEqual({ gaps: [], missed: [] });
});

test("a contact's first event is no gap, nor is a version below it", () => {
  const book = new ContactBook();
  book.take(upsert(5));
  book.take(upsert(3));
  expect(gapsAfter(book, day)).toEqual({ gaps: [], missed: [] });
});

test('an unchanged version leaves the same gap behind as any other', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(upsert(3));
  expect(gapsAfter(book, 60 * second).gaps).toEqual([{ from: 2, to: 2 }]);
});

test('a leap over a million versions is one entry; of many leaps the last 32 are kept and the others counted', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(upsert(1_000_000, { acme_title: 'far' }));
  expect(book.known.missing.ranges).toHaveLength(1);
  for (let leap = 1; leap <= 32; leap += 1)
    book.take(upsert(1_000_000 + 3 * leap, { acme_title: `${leap}` }));
  expect(book.known.missing.ranges).toHaveLength(32);
  expect(book.known.missing.forgotten).toBe(999_998);
});
