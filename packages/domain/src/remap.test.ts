import { describe, expect, test } from 'vitest';
import { acmeId, contactId, deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { simpleMapping, unmappablePhone } from '../test/simple-mapping.ts';
import { outgoingEventId } from './index.ts';

const quiet = simpleMapping({ id: 'quiet' });
const loud = simpleMapping({ id: 'loud', loud: true });

/** A contact as `quiet` mapped it, with `loud` in force since. */
const bookOf = (data: Parameters<typeof upsert>[1] = { acme_company: 'Acme', acme_notes: 'n' }) => {
  const book = new ContactBook(quiet);
  book.take(upsert(1, data));
  book.mapping = loud;
  return book;
};

describe('a remap', () => {
  test('moves the fields that are as they were taken, as one version with one history entry and one event', () => {
    const book = bookOf();
    expect(book.remap()).toMatchObject({ kind: 'remapped' });
    expect(book.whole).toMatchObject({
      company: 'ACME',
      notes: null,
      customFields: { mappedBy: 'loud' },
      version: 2,
    });
    expect(book.history).toHaveLength(2);
    expect(book.history.at(-1)).toEqual({
      at: '2026-03-01T12:00:02.000Z',
      by: 'remap',
      version: 2,
      outgoingEventId: outgoingEventId(contactId, 2),
      mappingId: 'loud',
      changes: [
        { field: 'company', from: 'Acme', to: 'ACME' },
        { field: 'notes', from: 'n', to: null },
        { field: 'customFields.mappedBy', from: null, to: 'loud' },
      ],
    });
    expect(book.outgoing.at(-1)).toEqual({
      type: 'updated',
      eventId: outgoingEventId(contactId, 2),
      version: 2,
    });
  });

  test('keeps what was edited here, and moves the rest', () => {
    const book = bookOf();
    book.edit({ company: 'ours' });
    book.remap();
    expect(book.whole).toMatchObject({ company: 'ours', notes: null });
    expect(book.history.at(-1)?.changes.map(({ field }) => field)).toEqual([
      'notes',
      'customFields.mappedBy',
    ]);
  });

  test('touches nothing of what AcmeCRM said and when', () => {
    const book = bookOf();
    book.take(upsert(4, { acme_company: 'Acme' }));
    book.mapping = quiet;
    const { base: _, mappingId: _m, untouchedVersion: _ours, revision, ...before } = book.known;
    book.remap();
    const { base, mappingId, untouchedVersion, revision: next, ...after } = book.known;
    expect(after).toEqual(before);
    expect(next).toBe(revision + 1);
    expect(untouchedVersion).toBe(book.whole.version);
    expect([mappingId, base?.fields.company]).toEqual(['quiet', 'Acme']);
  });

  test('that moves no field moves the base alone: no version, no history, no event', () => {
    const book = bookOf();
    book.mapping = simpleMapping({ id: 'renamed' });
    expect(book.remap()).toMatchObject({ kind: 'noted', mirror: { mappingId: 'renamed' } });
    expect([book.whole.version, book.history.length, book.outgoing.length]).toEqual([1, 1, 1]);
  });

  test('says of a second time that there is nothing to do', () => {
    const book = bookOf();
    book.remap();
    expect(book.remap()).toEqual({ kind: 'current' });
  });

  test('leaves a deleted contact deleted since when it was, and a restore brings the new fields', () => {
    const book = bookOf();
    book.delete();
    const { deletedAt } = book.whole;
    book.remap();
    expect(book.whole).toMatchObject({ company: 'ACME', deletedAt, version: 3 });
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'deleted', version: 3 });
    book.restore();
    expect(book.whole).toMatchObject({ company: 'ACME', version: 4 });
    expect(book.whole.deletedAt).toBeUndefined();
  });

  test('leaves a contact deleted that AcmeCRM deleted, and its delete is still the last word', () => {
    const book = bookOf();
    book.take(deletion(2));
    expect(book.remap()).toMatchObject({ kind: 'remapped' });
    expect(book.known).toMatchObject({ deleted: true, sourceVersion: 2 });
    expect(book.whole.deletedAt).toBeDefined();
    expect(book.take(deletion(2, 'evt_again'))).toMatchObject({ fate: 'duplicate' });
  });

  test('passes over a contact that is known by its delete alone, a stub, and one that was born here', () => {
    const bare = new ContactBook(quiet);
    bare.take(deletion(1));
    bare.mapping = loud;
    expect(bare.remap()).toEqual({ kind: 'current' });
    const swept = bookOf();
    swept.take(deletion(2));
    swept.sweep();
    expect(swept.remap()).toEqual({ kind: 'current' });
    const born = bookOf();
    born.mirror = null;
    expect(born.remap()).toEqual({ kind: 'current' });
  });

  test('writes nothing where the record cannot be mapped any more, and says where', () => {
    const book = new ContactBook(simpleMapping({ id: 'quiet', lax: true }));
    book.take(upsert(1, { acme_phone: unmappablePhone }));
    book.mapping = loud;
    const { known } = book;
    expect(book.remap()).toEqual({
      kind: 'fault',
      code: 'MAPPING_FAILED',
      retryable: false,
      pointer: '/acme_phone',
    });
    expect(book.known).toBe(known);
  });

  test('makes the same content at a higher version unchanged, which it would have been applied as', () => {
    const book = bookOf();
    book.remap();
    expect(book.take(upsert(2, { acme_company: 'Acme', acme_notes: 'n' }))).toMatchObject({
      fate: 'unchanged',
    });
    expect(book.known).toMatchObject({ sourceId: acmeId, sourceVersion: 2 });
  });

  test('takes an edit that is what the new mapping gives for no edit from then on', () => {
    const ownedHere = ['company'];
    const book = new ContactBook(simpleMapping({ id: 'quiet', ownedHere }));
    book.take(upsert(1, { acme_company: 'Acme' }));
    book.edit({ company: 'ACME' });
    book.mapping = simpleMapping({ id: 'loud', loud: true, ownedHere });
    book.remap();
    book.take(upsert(2, { acme_company: 'Other' }));
    expect(book.whole.company).toBe('OTHER');
  });
});
