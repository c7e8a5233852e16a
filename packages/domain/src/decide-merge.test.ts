import { describe, expect, test } from 'vitest';
import { upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { simpleMapping, unmappablePhone } from '../test/simple-mapping.ts';

const lastChanges = (book: ContactBook) => book.history.at(-1)?.changes;

describe('three-way merge', () => {
  test('an edit made here survives a change of another field', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'a', acme_notes: 'n' }));
    book.edit({ notes: 'ours' });
    book.take(upsert(2, { acme_title: 'b', acme_notes: 'n' }));
    expect(book.whole).toMatchObject({ title: 'b', notes: 'ours' });
    expect(lastChanges(book)).toEqual([{ field: 'title', from: 'a', to: 'b' }]);
  });

  test('where both changed a field AcmeCRM wins as its owner, and history keeps what was lost', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'a' }));
    book.edit({ title: 'ours' });
    book.take(upsert(2, { acme_title: 'theirs' }));
    expect(book.whole.title).toBe('theirs');
    expect(lastChanges(book)).toEqual([{ field: 'title', from: 'ours', to: 'theirs', lost: 'ours' }]);
  });

  test('where both changed a field that is owned here ours stays, and history keeps what was refused', () => {
    const book = new ContactBook(simpleMapping({ ownedHere: ['title'] }));
    book.take(upsert(1, { acme_title: 'a' }));
    book.edit({ title: 'ours' });
    const decision = book.take(upsert(2, { acme_title: 'theirs' }));
    expect(decision).toMatchObject({ fate: 'applied', change: null });
    expect(book.whole).toMatchObject({ title: 'ours', version: 2 });
    expect(lastChanges(book)).toEqual([{ field: 'title', from: 'ours', to: 'ours', lost: 'theirs' }]);
  });

  test('a field that is owned here follows AcmeCRM as long as nobody edits it', () => {
    const book = new ContactBook(simpleMapping({ ownedHere: ['title'] }));
    book.take(upsert(1, { acme_title: 'a' }));
    book.take(upsert(2, { acme_title: 'b' }));
    expect(book.whole.title).toBe('b');
  });

  test('a field that was cleared here and changed there says so with lost: null', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'a' }));
    book.edit({ title: null });
    book.take(upsert(2, { acme_title: 'b' }));
    expect(lastChanges(book)).toEqual([{ field: 'title', from: null, to: 'b', lost: null }]);
  });

  test('a field that AcmeCRM changed to what stands here is no conflict and is no edit from then on', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'a' }));
    book.edit({ title: 'b' });
    book.take(upsert(2, { acme_title: 'b' }));
    expect(lastChanges(book)).toEqual([]);
    book.take(upsert(3, { acme_title: 'c' }));
    expect(lastChanges(book)).toEqual([{ field: 'title', from: 'b', to: 'c' }]);
  });

  test('custom fields merge by key, with an owner each', () => {
    const book = new ContactBook(simpleMapping({ ownedHere: ['customFields.kept'] }));
    book.take(upsert(1, { acme_custom_fields: { kept: 1, given: 1, gone: 1, still: 1 } }));
    book.edit({ customFields: { kept: 2, given: 2, gone: 1, still: 1, ours: true } });
    book.take(upsert(2, { acme_custom_fields: { kept: 3, given: 3, still: 1, new: 'x' } }));
    expect(book.whole.customFields).toEqual({ kept: 2, given: 3, still: 1, ours: true, new: 'x' });
    expect(lastChanges(book)).toEqual(
      expect.arrayContaining([
        { field: 'customFields.kept', from: 2, to: 2, lost: 3 },
        { field: 'customFields.given', from: 2, to: 3, lost: 2 },
        { field: 'customFields.gone', from: 1, to: null },
        { field: 'customFields.new', from: null, to: 'x' },
      ]),
    );
  });

  test('a custom field may have any name', () => {
    const book = new ContactBook();
    const odd = JSON.parse('{"__proto__": "p", "constructor": "c", "a.b": "d", "": "e"}');
    book.take(upsert(1, { acme_custom_fields: { toString: 'there' } }));
    book.edit({ customFields: { ...book.whole.customFields, ...odd } });
    book.take(upsert(2, { acme_custom_fields: { toString: 'still there' } }));
    expect(Object.entries(book.whole.customFields).sort()).toEqual(
      Object.entries({ toString: 'still there', ...odd }).sort(),
    );
    expect(Object.getPrototypeOf(book.whole.customFields)).toBe(Object.prototype);
  });

  test.each([
    ['tags', { acme_tags: ['a', 'b'] }, { tags: ['a', 'mine'] }, { acme_tags: ['a', 'c'] }, ['a', 'c']],
    [
      'address',
      { acme_address: 'old' },
      { address: { street: 'old', city: 'mine', state: null, zipCode: null, country: null } },
      { acme_address: 'new' },
      { street: 'new', city: null, state: null, zipCode: null, country: null },
    ],
  ])('%s merges as one field', (field, first, edit, second, expected) => {
    const book = new ContactBook();
    book.take(upsert(1, first));
    book.edit(edit);
    book.take(upsert(2, second));
    expect(book.whole).toMatchObject({ [field]: expected });
    expect(lastChanges(book)).toMatchObject([{ field, lost: Object.values(edit)[0] }]);
  });

  test('a contact whose mirror is gone takes AcmeCRM for right and loses nothing silently', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'a' }));
    book.mirror = null;
    book.take(upsert(2, { acme_title: 'b' }));
    expect(lastChanges(book)).toEqual([{ field: 'title', from: 'a', to: 'b', lost: 'a' }]);
  });
});

describe('a mapping that changed since', () => {
  const quiet = simpleMapping({ id: 'quiet' });
  const loud = simpleMapping({ id: 'loud', loud: true });

  test('moves the fields that are as they were taken, keeps the edited ones, and takes what AcmeCRM changed', () => {
    const book = new ContactBook(quiet);
    book.take(upsert(1, { acme_company: 'Acme', acme_notes: 'n', acme_title: 'a', acme_phone: '1' }));
    book.edit({ notes: 'ours', phone: 'ours' });
    book.mapping = loud;
    book.take(upsert(2, { acme_company: 'Acme', acme_notes: 'n', acme_title: 'b', acme_phone: '2' }));
    expect(book.whole).toMatchObject({ company: 'ACME', notes: 'ours', title: 'b', phone: '2' });
    expect(book.history.at(-1)).toMatchObject({ mappingId: 'loud' });
    expect(lastChanges(book)).toEqual([
      { field: 'phone', from: 'ours', to: '2', lost: 'ours' },
      { field: 'company', from: 'Acme', to: 'ACME' },
      { field: 'title', from: 'a', to: 'b' },
      { field: 'customFields.mappedBy', from: null, to: 'loud' },
    ]);
  });

  test('a field that only the mapping changed is no change of AcmeCRM, so an edit of it stays', () => {
    const book = new ContactBook(quiet);
    book.take(upsert(1, { acme_company: 'Acme' }));
    book.edit({ company: 'ours' });
    book.mapping = loud;
    book.take(upsert(2, { acme_company: 'Acme', acme_title: 'b' }));
    expect(book.whole.company).toBe('ours');
  });

  test('moves fields with the same content at a higher version too, which is then applied', () => {
    const book = new ContactBook(quiet);
    book.take(upsert(1, { acme_company: 'Acme' }));
    book.mapping = loud;
    expect(book.take(upsert(2, { acme_company: 'Acme' }))).toMatchObject({ fate: 'applied' });
    expect(book.whole).toMatchObject({ company: 'ACME', version: 2 });
  });

  test('leaves the same content unchanged where it moves nothing, and is the base from then on', () => {
    const book = new ContactBook(quiet);
    book.take(upsert(1));
    book.mapping = simpleMapping({ id: 'renamed' });
    expect(book.take(upsert(2))).toMatchObject({ kind: 'noted', fate: 'unchanged' });
    expect(book.known.mappingId).toBe('renamed');
  });

  test('that cannot map the old record any more measures by the old base', () => {
    const book = new ContactBook(simpleMapping({ id: 'quiet', lax: true }));
    book.take(upsert(1, { acme_phone: unmappablePhone, acme_title: 'a' }));
    book.edit({ notes: 'ours' });
    book.mapping = loud;
    book.take(upsert(2, { acme_phone: '1', acme_title: 'a' }));
    expect(book.whole).toMatchObject({ phone: '1', title: 'a', notes: 'ours' });
  });
});
