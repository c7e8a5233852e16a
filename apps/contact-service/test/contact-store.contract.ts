import {
  contactIdOfAcme,
  type HistoryEntry,
  parseJson,
  type SourceEvent,
  wholeMirror,
} from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactStore, ListQuery } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { deleted, updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);

const list: ListQuery = { order: { by: 'updatedAt', descending: false }, limit: 10, includeDeleted: false };

const pick = (from: object, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, (from as Record<string, unknown>)[name]]));

/** What every store of contacts must do; run on the fake and on the real one, so that the fake cannot lie. */
export const contactStoreContract = (
  name: string,
  createStore: (options: { historyLimit: number }) => ContactStore,
): void => {
  describe(`the contact store on ${name}`, () => {
    let store: ContactStore;
    let clock: number;
    const now = () => new Date(clock++).toISOString();
    const apply = (...events: SourceEvent[]) => applyEvents({ store, mapping, now }, events);
    const idOf = contactIdOfAcme;

    beforeEach(() => {
      store = createStore({ historyLimit: 5 });
      clock = Date.parse('2026-01-01T00:00:00.000Z');
    });

    it('gives back what was written, empty fields and nested values included', async () => {
      await apply(
        updated({
          id: '7',
          acme_version: 1,
          acme_tags: ['a', 'b'],
          acme_address: '123 Main St, San Francisco, CA 94105, USA',
          acme_custom_fields: { tier: 'gold', seats: 4, vip: true },
          acme_company: null,
        }),
      );
      const [snapshot] = await store.load([idOf('7')]);
      expect(snapshot?.contact).toMatchObject({
        id: idOf('7'),
        firstName: 'Ada',
        company: null,
        tags: ['a', 'b'],
        customFields: { tier: 'gold', seats: 4, vip: true },
        address: { city: 'San Francisco', zipCode: '94105' },
        sourceId: '7',
        version: 1,
      });
      expect(snapshot?.mirror).toMatchObject({
        sourceVersion: 1,
        deleted: false,
        revision: expect.any(Number),
      });
      expect(snapshot?.sequence).toBe(1);
      expect(await store.contact(idOf('7'))).toEqual(snapshot?.contact);
      expect(await store.mirror(idOf('7'))).toEqual(snapshot?.mirror && wholeMirror(snapshot.mirror));
    });

    it('gives a contact as JSON with every member, whatever its fields hold', async () => {
      const odd = {
        acme_notes: '"\\\u0007 é 😀',
        acme_tags: ['"', 'b'],
        acme_custom_fields: { '"': '\\', n: 1.5 },
      };
      await apply(
        updated({ id: '7', acme_version: 1, ...odd, acme_phone: null, acme_address: '1 Main St, X' }),
      );
      for (const step of ['live', 'deleted']) {
        if (step === 'deleted') await apply(deleted({ id: '7', acme_version: 2 }));
        const found = await store.contactJson(idOf('7'));
        const contact = await store.contact(idOf('7'));
        expect(JSON.parse(found?.json ?? 'null')).toEqual(contact);
        expect(found?.version).toBe(contact?.version);
      }
      expect(await store.contactJson(idOf('none'))).toBeNull();
    });

    it('gives an edit the contact and what tells whether the mirror has moved', async () => {
      await apply(updated({ id: '7', acme_version: 1 }));
      const [snapshot] = await store.load([idOf('7')]);
      expect(await store.loadForEdit(idOf('7'))).toEqual({
        contact: snapshot?.contact,
        mirror: { revision: snapshot?.mirror?.revision, untouchedVersion: 1 },
        sequence: 1,
      });
      expect(await store.loadForEdit(idOf('none'))).toEqual({ mirror: null, contact: null, sequence: 0 });
    });

    it('answers nothing for what was never written', async () => {
      expect(await store.load([idOf('none')])).toEqual([{ mirror: null, contact: null, sequence: 0 }]);
      expect(await store.contact(idOf('none'))).toBeNull();
      expect(await store.history(idOf('none'), { limit: 5 })).toEqual([]);
    });

    it('writes nothing of a decision that was made on an older state', async () => {
      await apply(updated({ id: '7', acme_version: 1 }));
      const [stale] = await store.load([idOf('7')]);
      await apply(updated({ id: '7', acme_version: 2, acme_last_name: 'Byron' }));
      const held = () => Promise.all([store.mirror(idOf('7')), store.contact(idOf('7'))]);
      const before = await held();
      if (!stale?.mirror) throw new Error('there is a mirror');
      const mirror = { ...stale.mirror, sourceVersion: 9, taken: 'kept' as const };
      const write = { id: idOf('7'), before: stale, mirror, contact: null, history: [], outgoing: [] };
      expect(await store.commit([write])).toEqual(['moved']);
      expect(await held()).toEqual(before);
    });

    it('keeps members of any name and every digit of a number, through record and base', async () => {
      const text =
        '{"acme_legacy_id":12345678901234567890,"acme_scores":[1e20,{"__proto__":{"a":1}}],"__proto__":{"x":2},"constructor":3}';
      const extra = parseJson(text) as SourceEvent['extra'];
      await apply({ ...updated({ id: '7', acme_version: 1 }), extra });
      const mirror = await store.mirror(idOf('7'));
      if (!mirror?.record || !mirror.base) throw new Error('there is a record');
      const { record, base } = mirror;
      for (const held of [record, base.residue])
        expect(JSON.stringify(pick(held, Object.keys(extra)))).toBe(text);
      const [again] = await apply({ ...updated({ id: '7', acme_version: 2 }), extra });
      expect(again).toMatchObject({ fate: 'unchanged' });
      const other = parseJson(text.replace('890,', '891,')) as SourceEvent['extra'];
      const [changed] = await apply({ ...updated({ id: '7', acme_version: 3 }), extra: other });
      expect(changed).toMatchObject({ fate: 'applied' });
    });

    it('writes one of two decisions that were made on the same state, whichever comes first', async () => {
      const [empty] = await store.load([idOf('7')]);
      await apply(updated({ id: '8', acme_version: 1 }));
      const [other] = await store.load([idOf('8')]);
      if (!empty || !other?.mirror) throw new Error('both were read');
      const write = {
        id: idOf('7'),
        before: empty,
        mirror: { ...other.mirror, taken: 'kept' as const },
        contact: null,
        history: [],
        outgoing: [],
      };
      const outcomes = await Promise.all([store.commit([write]), store.commit([write])]);
      expect(outcomes.flat().sort()).toEqual(['moved', 'written']);
    });

    it('keeps every answer of a write, and writes nothing where one of them is there already', async () => {
      const keep = async (...scopes: string[]) => {
        const before = await store.loadForEdit(idOf('7'));
        const answers = scopes.map((scope) => ({
          scope,
          fingerprint: `body of ${scope}`,
          owner: 'ada',
          answer: { status: 200, version: 1, body: '{"a":"é"}' },
        }));
        const write = { id: idOf('7'), before, mirror: null, contact: null, history: [], outgoing: [] };
        return store.commit([{ ...write, answers }]);
      };
      const kept = async () => [...(await store.answers(idOf('7'), ['a', 'b', 'c', 'd'])).keys()];
      expect(await store.answers(idOf('7'), [])).toEqual(new Map());
      expect(await keep('a', 'b')).toEqual(['written']);
      expect(await keep('c', 'b')).toEqual(['moved']);
      expect(await kept()).toEqual(['a', 'b']);
      expect((await store.answers(idOf('7'), ['b'])).get('b')).toEqual({
        scope: 'b',
        fingerprint: 'body of b',
        owner: 'ada',
        answer: { status: 200, version: 1, body: '{"a":"é"}' },
      });
      expect(await keep('d')).toEqual(['written']);
      expect(await kept()).toEqual(['a', 'b', 'd']);
    });

    it('keeps the newest history entries under sequences that survive trimming', async () => {
      for (let version = 1; version <= 7; version += 1) {
        await apply(updated({ id: '7', acme_version: version, acme_title: `T${version}` }));
      }
      const sequences = (entries: HistoryEntry[]) => entries.map(({ sequence }) => sequence);
      expect(sequences(await store.history(idOf('7'), { limit: 10 }))).toEqual([7, 6, 5, 4, 3]);
      expect(sequences(await store.history(idOf('7'), { limit: 2, before: 6 }))).toEqual([5, 4]);
      expect(await store.history(idOf('7'), { limit: 2, before: 3 })).toEqual([]);
    });

    it('keeps mirror and history of a contact that is known by its delete alone, and lists nothing', async () => {
      await apply(deleted({ id: '7', acme_version: 3 }));
      expect(await store.contact(idOf('7'))).toBeNull();
      expect(await store.mirror(idOf('7'))).toMatchObject({ sourceVersion: 3, deleted: true, record: null });
      expect(await store.history(idOf('7'), { limit: 5 })).toHaveLength(1);
      expect(await store.list({ ...list, includeDeleted: true })).toEqual({ items: [] });
    });

    it('lists live contacts once each, page by page, in both directions', async () => {
      const ids = Array.from({ length: 23 }, (_, index) => String(index));
      for (const id of ids) await apply(updated({ id, acme_version: 1 }));
      await apply(deleted({ id: '5', acme_version: 2 }));
      for (const descending of [false, true]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.list({
            ...list,
            order: { by: 'updatedAt', descending },
            ...(after && { after }),
          });
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        const expected = ids.filter((id) => id !== '5').map(idOf);
        expect(seen).toEqual(descending ? expected.reverse() : expected);
      }
    });

    it('moves a contact to its new place when it changes, and lists it there only', async () => {
      await apply(updated({ id: '1', acme_version: 1 }), updated({ id: '2', acme_version: 1 }));
      await apply(updated({ id: '1', acme_version: 2, acme_last_name: 'Zuse' }));
      const page = await store.list(list);
      expect(page.items.map(({ id }) => id)).toEqual([idOf('2'), idOf('1')]);
    });

    it('orders by last name without regard to case and accents', async () => {
      for (const [id, acme_last_name] of [
        ['1', 'zuse'],
        ['2', 'Ångström'],
        ['3', 'Bell'],
      ] as const) {
        await apply(updated({ id, acme_version: 1, acme_last_name }));
      }
      const page = await store.list({ ...list, order: { by: 'lastName', descending: false } });
      expect(page.items.map(({ id }) => id)).toEqual([idOf('2'), idOf('3'), idOf('1')]);
    });

    it('gives no next after the last contact, also where the page is full', async () => {
      await apply(updated({ id: '1', acme_version: 1 }), updated({ id: '2', acme_version: 1 }));
      const first = await store.list({ ...list, limit: 1 });
      const second = await store.list({ ...list, limit: 1, ...(first.next && { after: first.next }) });
      expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, undefined]);
    });

    it('shows a deleted contact in lists only where deleted ones are asked for', async () => {
      await apply(updated({ id: '1', acme_version: 1 }), deleted({ id: '1', acme_version: 2 }));
      expect((await store.list(list)).items).toEqual([]);
      const all = await store.list({ ...list, includeDeleted: true });
      expect(all.items).toMatchObject([{ id: idOf('1'), deletedAt: expect.any(String) }]);
    });
  });
};
