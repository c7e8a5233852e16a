import { beforeEach, describe, expect, test } from 'vitest';
import { deletion, upsert } from '../../test/acme-events.ts';
import { ContactBook } from '../../test/contact-book.ts';
import { planWriteBack } from './plan-write-back.ts';
import type { PlannedWrite } from './planned-write.ts';

const city = { street: null, city: 'London', state: null, zipCode: null, country: null };

const writeIdOf = (plan: PlannedWrite): string => ('writeId' in plan ? plan.writeId : '');

describe('the plan of a write-back', () => {
  let book: ContactBook;
  beforeEach(() => {
    book = new ContactBook();
    book.take(upsert(1, { acme_title: 'Lady', acme_custom_fields: { tier: 1, level: 'gold' } }));
  });

  const edited = (fields: Parameters<ContactBook['edit']>[0]): PlannedWrite => {
    book.edit(fields);
    return book.plan();
  };
  const settle = (plan: PlannedWrite, outcome: 'lost' | 'stale' | 'not-sent' | 'not-found') =>
    book.settle({ id: plan.id, writeId: writeIdOf(plan), outcome });
  const answer = (plan: PlannedWrite, version: number, members: Parameters<typeof upsert>[1]) =>
    book.take({
      ...upsert(version, members, { eventId: `wb:${version}` }),
      answers: { contactId: plan.id, writeId: writeIdOf(plan) },
    });

  test('names of custom fields those that changed alone, and null for what is empty now', () => {
    expect(edited({ title: null, customFields: { tier: 2, own: 'x' } })).toMatchObject({
      kind: 'patch',
      changes: { acme_title: null, acme_custom_fields: { tier: 2, level: null, own: 'x' } },
    });
  });

  test('is nothing for a contact that nobody edited, that is unknown to AcmeCRM by its delete, or that is gone there', () => {
    expect(book.plan()).toMatchObject({ kind: 'nothing', why: 'agreed' });
    book.take(deletion(2));
    expect(book.plan()).toMatchObject({ kind: 'nothing', why: 'agreed' });
    book.restore();
    expect(book.plan()).toMatchObject({ kind: 'nothing', why: 'deleted-there' });
  });

  test('of a contact that nobody edited is found without its record and without the mapping', () => {
    const unread = (): never => {
      throw new Error('is not to be read');
    };
    const { whole, held, mapping } = book;
    const { mirror } = held;
    const planOf = (contact: typeof whole) =>
      planWriteBack({
        id: whole.id,
        holding: { contact, mirror: mirror && { ...mirror, taken: unread } },
        mapping: { ...mapping, toAcme: unread },
        deletes: true,
        now: book.pass(100),
        leaseMs: 15_000,
      }).plan;
    expect(planOf(whole)).toMatchObject({ kind: 'nothing', why: 'agreed', version: whole.version });
    expect(() => planOf({ ...whole, title: 'Countess', version: whole.version + 1 })).toThrow(
      'is not to be read',
    );
  });

  test('stops after three writes of one edit that did not bring the sides together, and says so once', () => {
    book.edit({ title: 'Countess' });
    for (let write = 0; write < 3; write += 1) {
      const plan = book.plan();
      expect(plan.kind).toBe('patch');
      // Its first try may have been done.
      settle(plan, 'lost');
      settle(book.plan(), 'stale');
    }
    expect([book.plan(), book.plan()]).toMatchObject([
      { kind: 'held', why: 'not-taken' },
      { kind: 'held', why: 'not-taken' },
    ]);
    expect(book.conflicts).toMatchObject([
      { cause: 'not-agreed', fields: [{ field: 'title', ours: 'Countess', theirs: 'Lady' }] },
    ]);
    expect(edited({ title: 'Duchess' })).toMatchObject({ kind: 'patch' });
  });

  test('a write that is stale at its first try has changed nothing, so no number of them stops an edit or freezes', () => {
    book.edit({ title: 'Countess' });
    for (let version = 2; version < 12; version += 1) {
      const plan = book.plan();
      expect(plan).toMatchObject({ kind: 'patch', ifVersion: version - 1 });
      settle(plan, 'stale');
      book.take(upsert(version, { acme_title: 'Lady', acme_company: `Engines ${version}` }));
    }
    expect(book.writeBack.recent).toEqual([]);
    expect(book.plan()).toMatchObject({ kind: 'patch', changes: { acme_title: 'Countess' } });
    expect(book.conflicts).toEqual([]);
  });

  test('a write whose answer is lost is no round of a loop where the next event shows no trace of it', () => {
    book.edit({ title: 'Countess' });
    for (let version = 2; version < 12; version += 1) {
      settle(book.plan(), 'lost');
      book.take(upsert(version, { acme_title: 'Lady', acme_company: `Engines ${version}` }));
    }
    expect(book.writeBack.recent).toEqual([]);
    expect(book.plan()).toMatchObject({ kind: 'patch', changes: { acme_title: 'Countess' } });
  });

  test('a write whose answer is lost counts where the next event shows something else than before', () => {
    book.edit({ title: 'Countess' });
    settle(book.plan(), 'lost');
    book.take(upsert(2, { acme_title: 'COUNTESS' }));
    expect(book.writeBack).toMatchObject({ sent: null, recent: [{ version: 2 }] });
  });

  test('a write that was stale is taken off the last ones once, whatever the next event shows', () => {
    answer(edited({ title: 'Countess' }), 2, { acme_title: 'Countess' });
    settle(edited({ title: 'Duchess' }), 'stale');
    book.take(upsert(3, { acme_title: 'Countess', acme_company: 'Engines' }));
    expect(book.writeBack.recent).toMatchObject([{ version: 2 }]);
  });

  test('of a write that never left nothing is remembered, unless a try before it did', () => {
    const plan = edited({ title: 'Countess' });
    settle(plan, 'not-sent');
    expect(book.writeBack).toMatchObject({ sent: null, recent: [] });
    const next = book.plan();
    settle(next, 'lost');
    settle(book.plan(), 'not-sent');
    expect(book.writeBack.sent).toMatchObject({ state: 'unsure' });
  });

  test('an outcome that is told twice, or of a write of before, changes nothing', () => {
    const plan = edited({ title: 'Countess' });
    expect([settle(plan, 'stale'), settle(plan, 'not-found')]).toEqual([true, true]);
    expect(settle(plan, 'not-found')).toBe(false);
    const next = edited({ title: 'Duchess' });
    expect([settle(plan, 'lost'), book.plan()]).toMatchObject([
      false,
      { kind: 'under-way', writeId: writeIdOf(next) },
    ]);
  });

  test('an edit made while its write is under way survives an answer that shows something else', () => {
    const plan = edited({ title: 'Countess' });
    book.edit({ title: 'Duchess' });
    answer(plan, 2, { acme_title: 'COUNTESS' });
    expect(book.whole.title).toBe('Duchess');
    expect(book.plan()).toMatchObject({ ifVersion: 2, changes: { acme_title: 'Duchess' } });
  });

  test("a base that is ours is left by a remap, and moves with AcmeCRM's value alone", () => {
    const plan = edited({ address: city });
    answer(plan, 2, { acme_address: 'London' });
    expect(book.known).toMatchObject({ ownSlots: ['address'], base: { fields: { address: city } } });
    book.mapping = { ...book.mapping, id: 'mapping-2' };
    expect(book.remap().kind).toBe('noted');
    expect(book.whole.address).toEqual(city);
    book.take(upsert(3, { acme_address: 'London', acme_title: 'T' }));
    expect(book.whole.address).toEqual(city);
    book.take(upsert(4, { acme_address: 'Berlin', acme_title: 'T' }));
    expect(book.known.ownSlots).toEqual([]);
    expect(book.whole.address).toMatchObject({ street: 'Berlin' });
  });

  test('our own delete, heard back, undoes no restore of since', () => {
    book.delete();
    const plan = book.plan();
    expect(plan.kind).toBe('delete');
    book.restore();
    expect(book.take(deletion(2))).toMatchObject({ fate: 'unchanged' });
    expect(book.whole.deletedAt).toBeUndefined();
    expect(book.plan()).toMatchObject({ kind: 'nothing', why: 'deleted-there' });
  });

  test('what the mapping cannot write holds the contact, with its place, until the next edit', () => {
    const { toAcme } = book.mapping;
    book.mapping = {
      ...book.mapping,
      toAcme: (contact, residue) => ({
        ...toAcme(contact, residue),
        problems:
          contact.title === 'long' ? [{ pointer: '/title', code: 'TOO_LONG', valueType: 'string' }] : [],
      }),
    };
    expect(edited({ title: 'long' })).toMatchObject({ kind: 'held', why: 'unmappable', pointer: '/title' });
    expect(edited({ title: 'T' })).toMatchObject({ kind: 'patch', changes: { acme_title: 'T' } });
  });
});
