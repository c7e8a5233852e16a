import { describe, expect, test } from 'vitest';
import { contactId, deletion, upsert } from '../test/acme-events.ts';
import { ContactBook } from '../test/contact-book.ts';
import { simpleMapping, unmappablePhone } from '../test/simple-mapping.ts';
import { outgoingEventId } from './index.ts';

describe('applied', () => {
  test('a first event makes the contact at version 1, with one history entry and one created event', () => {
    const book = new ContactBook();
    const decision = book.take(upsert(3, { acme_phone: '+1 555', acme_custom_fields: { tier: 2 } }));
    expect(decision).toMatchObject({ kind: 'applied', fate: 'applied' });
    expect(book.whole).toEqual({
      id: contactId,
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com',
      phone: '+1 555',
      company: null,
      title: null,
      notes: null,
      address: null,
      status: null,
      tags: [],
      customFields: { tier: 2 },
      source: 'acmecrm',
      sourceId: 'acme-1',
      createdAt: '2026-03-01T12:00:01.000Z',
      updatedAt: '2026-03-01T12:00:01.000Z',
      version: 1,
    });
    expect(book.outgoing).toEqual([{ type: 'created', eventId: outgoingEventId(contactId, 1), version: 1 }]);
    expect(book.history).toEqual([
      {
        at: '2026-03-01T12:00:01.000Z',
        by: 'acmecrm',
        sourceVersion: 3,
        sourceEventId: 'evt_3',
        version: 1,
        outgoingEventId: outgoingEventId(contactId, 1),
        mappingId: 'mapping-1',
        changes: [
          { field: 'firstName', from: null, to: 'Ada' },
          { field: 'lastName', from: null, to: 'Lovelace' },
          { field: 'email', from: null, to: 'ada@example.com' },
          { field: 'phone', from: null, to: '+1 555' },
          { field: 'customFields.tier', from: null, to: 2 },
        ],
      },
    ]);
  });

  test('a higher version makes the next version and says what changed', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: 'Countess' }));
    book.take(upsert(2, { acme_title: 'Analyst' }));
    expect(book.whole).toMatchObject({ title: 'Analyst', version: 2, updatedAt: '2026-03-01T12:00:02.000Z' });
    expect(book.whole.createdAt).toBe('2026-03-01T12:00:01.000Z');
    expect(book.history.at(-1)?.changes).toEqual([{ field: 'title', from: 'Countess', to: 'Analyst' }]);
    expect(book.outgoing.at(-1)).toMatchObject({ type: 'updated', version: 2 });
  });

  test('an event that brings what the contact already holds has its history entry, but no version and no event', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.edit({ title: 'Analyst' });
    const decision = book.take(upsert(2, { acme_title: 'Analyst' }));
    expect(decision).toMatchObject({ kind: 'applied', change: null, history: { changes: [] } });
    expect(decision).not.toHaveProperty('history.version');
    expect(book.history).toHaveLength(3);
    expect(book.whole.version).toBe(2);
    expect(book.known).toMatchObject({ sourceVersion: 2, base: { fields: { title: 'Analyst' } } });
  });

  test('keeps the members that nobody knows in the mirror and in the residue', () => {
    const book = new ContactBook();
    book.take(upsert(1, {}, { extra: { acme_score: 7, acme_first_name: 'not this one' } }));
    expect(book.known.record).toMatchObject({ acme_score: 7, acme_first_name: 'Ada' });
    expect(book.known.base?.residue).toEqual({ id: 'acme-1', acme_version: 1, acme_score: 7 });
  });
});

describe('unchanged', () => {
  test('a higher version of the same content moves the mirror only', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_updated_at: '2026-01-01T00:00:00Z' }));
    const before = book.whole;
    const decision = book.take(upsert(2, { acme_updated_at: '2026-01-02T00:00:00Z', acme_phone: null }));
    expect(decision).toMatchObject({ kind: 'noted', fate: 'unchanged' });
    expect(book.known.sourceVersion).toBe(2);
    expect(book.known.record).toMatchObject({ acme_version: 2, acme_updated_at: '2026-01-02T00:00:00Z' });
    expect(book.whole).toEqual(before);
    expect(book.history).toHaveLength(1);
    expect(book.outgoing).toHaveLength(1);
  });

  test('what is kept beside the base is that of the new record', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_updated_at: '2026-01-01T00:00:00Z' }));
    book.take(upsert(2, { acme_updated_at: '2026-01-02T00:00:00Z' }));
    expect(book.known.base?.residue).toEqual({
      id: 'acme-1',
      acme_version: 2,
      acme_updated_at: '2026-01-02T00:00:00Z',
    });
  });

  test('an empty text, null and nothing are one content: no version, no history', () => {
    const book = new ContactBook();
    book.take(upsert(1, { acme_title: '', acme_custom_fields: { tier: 1, note: '' } }));
    expect(book.whole).toMatchObject({ title: null, customFields: { tier: 1 } });
    for (const [index, acme_title] of [null, '', null].entries()) {
      const version = index + 2;
      expect(book.take(upsert(version, { acme_title, acme_custom_fields: { tier: 1 } }))).toMatchObject({
        fate: 'unchanged',
      });
    }
    expect([book.whole.version, book.history.length]).toEqual([1, 1]);
  });

  test('a local edit does not make the same content a change', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.edit({ title: 'Analyst' });
    expect(book.take(upsert(2))).toMatchObject({ fate: 'unchanged' });
    expect(book.whole.title).toBe('Analyst');
  });

  test('a second delete at a higher version moves the mirror only', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.take(deletion(2));
    expect(book.take(deletion(4))).toMatchObject({ kind: 'noted', fate: 'unchanged' });
    expect(book.known).toMatchObject({ sourceVersion: 4, deleted: true });
    expect(book.whole.version).toBe(2);
  });
});

describe('superseded', () => {
  test('a lower version changes nothing but what the mirror remembers', () => {
    const book = new ContactBook();
    book.take(upsert(3, { acme_title: 'new' }));
    const { record, base, sourceVersion } = book.known;
    expect(book.take(upsert(2, { acme_title: 'old' }))).toMatchObject({ kind: 'noted', fate: 'superseded' });
    expect(book.known).toMatchObject({ record, base, sourceVersion });
    expect(book.whole).toMatchObject({ title: 'new', version: 1 });
    expect(book.history).toHaveLength(1);
  });

  test('an update at the version of a delete is below it', () => {
    const book = new ContactBook();
    book.take(deletion(2));
    expect(book.take(upsert(2))).toMatchObject({ fate: 'superseded' });
    expect(book.contact).toBeNull();
  });

  test('a delete below the mirror does not delete', () => {
    const book = new ContactBook();
    book.take(upsert(3));
    expect(book.take(deletion(2))).toMatchObject({ fate: 'superseded' });
    expect(book.whole.deletedAt).toBeUndefined();
  });
});

describe('duplicate', () => {
  test('the same version with the same content under another event id changes no contact', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    const repeat = upsert(1, { acme_tags: [], acme_custom_fields: {} }, { eventId: 'evt_other' });
    expect(book.take(repeat)).toMatchObject({ kind: 'noted', fate: 'duplicate' });
    expect(book.whole.version).toBe(1);
    expect(book.history).toHaveLength(1);
  });

  test('two deletes of one version are equal, whatever else they carry', () => {
    const book = new ContactBook();
    book.take(deletion(2));
    const chatty = deletion(2, 'evt_other');
    Object.assign(chatty.data, { acme_first_name: 'Nobody' });
    expect(book.take(chatty)).toMatchObject({ fate: 'duplicate' });
  });
});

describe('recorded', () => {
  test('an event that was applied is answered with that fate and version, and writes nothing', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.take(upsert(2, { acme_title: 'Analyst' }));
    const { known } = book;
    expect(book.take(upsert(1))).toEqual({ kind: 'recorded', fate: 'applied', version: 1 });
    expect(book.known).toBe(known);
  });

  test.each([
    ['superseded', upsert(2)],
    ['unchanged', upsert(4)],
    ['duplicate', upsert(3, {}, { eventId: 'evt_other' })],
  ])('an event that was %s stays so', (fate, event) => {
    const book = new ContactBook();
    book.take(upsert(3));
    expect(book.take(event)).toMatchObject({ kind: 'noted', fate });
    book.take(upsert(9, { acme_title: 'later' }));
    expect(book.take(event)).toEqual({ kind: 'recorded', fate });
  });

  test('another receipt of the same event is the same identity', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    expect(book.take({ ...upsert(1), receivedAt: '2026-09-09T00:00:00.000Z' }).kind).toBe('recorded');
  });

  test('an event id that comes again with another version is another identity', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    expect(book.take(upsert(2, { acme_title: 'b' }, { eventId: 'evt_1' }))).toMatchObject({
      fate: 'applied',
    });
    expect(book.take(upsert(3, {}, { eventId: 'evt_1' }))).toMatchObject({ fate: 'applied' });
  });

  test('the mirror remembers the last 32 identities; a forgotten one meets the version rule', () => {
    const book = new ContactBook();
    for (let version = 1; version <= 33; version += 1)
      book.take(upsert(version, { acme_title: `${version}` }));
    expect(book.take(upsert(2, { acme_title: '2' }))).toMatchObject({ kind: 'recorded', fate: 'applied' });
    expect(book.take(upsert(1, { acme_title: '1' }))).toMatchObject({ kind: 'noted', fate: 'superseded' });
  });
});

test('the same version with other unknown members, and empties spelled otherwise, is a duplicate', () => {
  const book = new ContactBook();
  book.take(upsert(1, { acme_title: 'same' }, { extra: { acme_score: 7, acme_legacy_id: 'a' } }));
  const { contact } = book;
  const spelled = { acme_title: 'same', acme_notes: '', acme_tags: [] };
  const again = upsert(1, spelled, { extra: { acme_listed: true } });
  expect(book.take(again)).toMatchObject({ kind: 'noted', fate: 'duplicate' });
  expect(book.contact).toBe(contact);
  expect(book.take(upsert(1, { acme_title: 'other' }, { extra: { acme_score: 7 } }))).toMatchObject({
    code: 'VERSION_CONFLICT',
  });
});

describe('faults write nothing', () => {
  test('the same version with other content is a VERSION_CONFLICT', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    const { known } = book;
    expect(book.take(upsert(1, { acme_title: 'other' }))).toEqual({
      kind: 'fault',
      code: 'VERSION_CONFLICT',
      retryable: false,
      pointer: '/data/acme_version',
    });
    expect(book.known).toBe(known);
  });

  test('a record that cannot be mapped is MAPPING_FAILED at the member at fault', () => {
    const book = new ContactBook();
    expect(book.take(upsert(1, { acme_phone: unmappablePhone }))).toEqual({
      kind: 'fault',
      code: 'MAPPING_FAILED',
      retryable: false,
      pointer: '/data/acme_phone',
    });
    expect(book.mirror).toBeNull();
  });

  test('a record that cannot be mapped but is too old anyway is superseded', () => {
    const book = new ContactBook();
    book.take(upsert(2));
    expect(book.take(upsert(1, { acme_phone: unmappablePhone }))).toMatchObject({ fate: 'superseded' });
  });

  test.each([
    ['/sourceVersion', { ...upsert(1), sourceVersion: 2 }],
    ['/contactId', { ...upsert(1), contactId: '0192d7e8-0000-7000-8000-000000000000' }],
    ['/data/acme_email', upsert(1, { acme_email: 'nobody' })],
    ['/data/acme_first_name', { ...deletion(1), eventType: 'contact.updated' as const }],
    ['/data/acme_phone', { ...upsert(1), data: { ...upsert(1).data, acme_phone: 5 } }],
  ])('an event that is wrong at %s is an INVALID_EVENT there', (pointer, event) => {
    const decision = new ContactBook().take(event);
    expect(decision).toEqual({ kind: 'fault', code: 'INVALID_EVENT', retryable: false, pointer });
  });

  test('a version above a fault is taken, and the fault does not come in its way', () => {
    const book = new ContactBook();
    book.take(upsert(1));
    book.take(upsert(2, { acme_phone: unmappablePhone }));
    expect(book.take(upsert(3, { acme_title: 'on' }))).toMatchObject({ fate: 'applied' });
    expect(book.whole.title).toBe('on');
  });
});

test('each mirror that is to be written has the next revision', () => {
  const book = new ContactBook(simpleMapping());
  const revisions = [
    upsert(2),
    upsert(1),
    upsert(2, {}, { eventId: 'x' }),
    upsert(3),
    deletion(4),
    upsert(2),
  ].map((event) => {
    book.take(event);
    return book.known.revision;
  });
  expect(revisions).toEqual([1, 2, 3, 4, 5, 5]);
});
