import { describe, expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { eraseContact, externalIdHash, isBlocked, liftBlock } from './erase-contact.ts';

const personal = { acme_title: 'Countess', acme_notes: 'likes engines' };

const erasedAfter = (...events: Parameters<ContactBook['take']>[0][]) => {
  const book = new ContactBook();
  for (const event of events) book.take(event);
  const order = { id: 'the-id', by: 'user:admin', now: '2026-04-01T00:00:00.000Z' };
  const holding = book.held;
  return { book, order, ...eraseContact(holding, order) };
};

describe('an erased contact', () => {
  test('leaves a stub at the next version and tells of a delete with an empty contact', () => {
    const { stub, change } = erasedAfter(
      upsert(1, personal),
      upsert(2, { ...personal, acme_title: 'Duchess' }),
    );
    expect(stub).toMatchObject({ stub: true, id: 'the-id', version: 3, erasure: { standing: 'blocked' } });
    expect(change.outgoing).toMatchObject({ type: 'deleted', erased: true });
    expect(change.contact).toMatchObject({ version: 3, sourceId: null, email: '', notes: null });
    expect(JSON.stringify([stub, change])).not.toMatch(/Countess|Duchess|engines|Ada|ada@|acme-1/);
  });

  test.each([
    ['was never seen', []],
    ['is known by its delete alone', [deletion(4)]],
  ])('that %s has version 1', (_, events) => {
    expect(erasedAfter(...events).stub.version).toBe(1);
  });

  test('supersedes whatever comes of it, also what could never be applied', () => {
    const { book, stub } = erasedAfter(upsert(1));
    book.contact = stub;
    book.mirror = null;
    const broken = { ...upsert(9), data: { id: 'x' } };
    for (const event of [upsert(1), upsert(9), deletion(10), broken]) {
      expect(book.take(event)).toEqual({ kind: 'recorded', fate: 'superseded' });
    }
  });

  test('lives again with the first event after its block was lifted, at the version that follows', () => {
    const { book, stub } = erasedAfter(upsert(1), upsert(2, personal));
    book.contact = liftBlock(stub);
    book.mirror = null;
    expect(isBlocked(book.contact)).toBe(false);
    expect(book.take(upsert(7))).toMatchObject({ fate: 'applied' });
    expect(book.whole).toMatchObject({ version: 4, sourceId: expect.any(String) });
    expect(book.whole.deletedAt).toBeUndefined();
    expect(book.known.missing.ranges).toEqual([]);
  });

  test('has the external ids blocked that it is known by, hashed', () => {
    const { stub } = erasedAfter({ ...upsert(1), extra: { acme_external_id: 'ada@example.com' } });
    expect(stub.erasure.externalIds).toContain(externalIdHash({ acme_external_id: 'ada@example.com' }));
    expect(stub.erasure.externalIds).toContain(externalIdHash({ acme_external_id: 'the-id' }));
    expect(JSON.stringify(stub)).not.toContain('ada@');
  });
});
