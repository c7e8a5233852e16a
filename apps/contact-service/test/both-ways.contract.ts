import { contactIdOfAcme, createContact, type FieldConflict, noWriteBack } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactStore, ContactWrite, Snapshot } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { planWriteBacks } from '../src/use-cases/plan-write-backs.ts';
import { deleted, updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);
const bornHere = '0192f0c0-0000-7000-8000-000000000001';
const fields = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: null,
  tags: [],
  customFields: {},
};

/** What every store of contacts must do for both ways; run on the fake and on the real one. */
export const bothWaysContract = (
  name: string,
  createStore: (options: { historyLimit: number; conflictLimit: number }) => ContactStore,
): void => {
  describe(`both ways on ${name}`, () => {
    let store: ContactStore;
    let clock: number;
    const now = () => new Date(clock++).toISOString();
    const recordId = contactIdOfAcme('a1');
    const loaded = async (id: string): Promise<Snapshot> => {
      const [snapshot] = await store.load([id]);
      if (!snapshot) throw new Error('a snapshot is always read');
      return snapshot;
    };
    const apply = (...events: Parameters<typeof applyEvents>[1]) =>
      applyEvents({ store, mapping, now }, events);
    const plan = async (id: string) =>
      (
        await planWriteBacks({ store, mapping, now, writeLeaseMs: 15_000 }, [id], {
          deletes: true,
          dryRun: false,
        })
      )[0];
    const onto = (id: string, before: Snapshot): ContactWrite => ({
      id,
      before,
      mirror: null,
      contact: null,
      history: [],
      outgoing: [],
    });
    const conflict = (ms: number): FieldConflict => ({
      id: `${ms}-0000000000000000`,
      contactId: bornHere,
      at: new Date(ms).toISOString(),
      cause: 'both-changed',
      fields: [{ field: 'title', ours: 'a', theirs: null }],
    });

    beforeEach(async () => {
      store = createStore({ historyLimit: 5, conflictLimit: 3 });
      clock = Date.parse('2026-01-01T00:00:00.000Z');
      const { contact, history, ...made } = createContact(bornHere, fields, { by: 'user:ada', now: now() });
      const write = onto(bornHere, await loaded(bornHere));
      await store.commit([{ ...write, contact, history: [history], outgoing: [{ contact, ...made }] }]);
    });

    it('keeps what was sent of a contact that has no mirror, and lets nobody write onto the state before', async () => {
      const before = await loaded(bornHere);
      const planned = await plan(bornHere);
      expect(planned).toMatchObject({ kind: 'create', record: { acme_external_id: bornHere } });
      const { writeBack } = await loaded(bornHere);
      expect(writeBack?.sent).toMatchObject({
        kind: 'create',
        version: 1,
        slots: { firstName: 'Ada', tags: [] },
      });
      expect(await store.commit([{ ...onto(bornHere, before), writeBack: noWriteBack }])).toEqual(['moved']);
      expect(await plan(bornHere)).toMatchObject({ kind: 'under-way' });
    });

    it('forgets what was known, and stands guarded all the same', async () => {
      await plan(bornHere);
      const before = await loaded(bornHere);
      const forget = { ...onto(bornHere, before), writeBack: noWriteBack };
      expect(await store.commit([forget])).toEqual(['written']);
      expect((await loaded(bornHere)).writeBack?.sent ?? null).toBeNull();
      expect(await store.commit([forget])).toEqual(['moved']);
      expect(await plan(bornHere)).toMatchObject({ kind: 'create' });
    });

    it('links a record once, and lets nobody write under its id who read it before', async () => {
      const [unlinked, planned] = [await loaded(recordId), await plan(bornHere)];
      const told = { ...updated({ id: 'a1', acme_version: 1 }), extra: { acme_external_id: bornHere } };
      expect(await apply(told)).toMatchObject([{ fate: 'unchanged', contactId: bornHere }]);
      expect(planned?.kind).toBe('create');
      expect(await loaded(recordId)).toMatchObject({ linkedTo: bornHere, mirror: null, contact: null });
      expect(await loaded(bornHere)).toMatchObject({ mirror: { sourceId: 'a1', sourceVersion: 1 } });
      const late = { ...onto(recordId, unlinked), writeBack: noWriteBack };
      expect(await store.commit([late])).toEqual(['moved']);
    });

    it('gives a record that is known by its delete alone over to the contact', async () => {
      await plan(bornHere);
      await apply(deleted({ id: 'a1', acme_version: 4 }));
      const told = { ...updated({ id: 'a1', acme_version: 1 }), extra: { acme_external_id: bornHere } };
      expect(await apply(told)).toMatchObject([{ fate: 'superseded' }]);
      expect(await loaded(bornHere)).toMatchObject({ mirror: { sourceVersion: 4, deleted: true } });
      expect((await store.tombstones(10)).map(({ id }) => id)).toEqual([bornHere]);
      expect(await store.history(recordId, { limit: 5 })).toEqual([]);
    });

    it('keeps the newest conflicts, oldest first, and each until it is resolved', async () => {
      const put = async (changes: Pick<ContactWrite, 'conflicts' | 'resolved'>) =>
        store.commit([{ ...onto(bornHere, await loaded(bornHere)), ...changes }]);
      for (const ms of [2_000, 1_000, 3_000, 4_000]) await put({ conflicts: [conflict(ms)] });
      await put({ conflicts: [conflict(4_000)] });
      const first = await store.conflicts.list({ limit: 2 });
      expect(first).toEqual({ items: [conflict(2_000), conflict(3_000)], next: conflict(3_000).id });
      expect(await store.conflicts.list({ limit: 2, after: conflict(3_000).id })).toEqual({
        items: [conflict(4_000)],
      });
      expect(await store.conflicts.find(conflict(3_000).id)).toEqual(conflict(3_000));
      await put({ resolved: [conflict(3_000)] });
      expect(await store.conflicts.find(conflict(3_000).id)).toBeNull();
      expect(await store.conflicts.find(conflict(1_000).id)).toBeNull();
    });
  });
};
