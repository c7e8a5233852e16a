import {
  contactIdOfAcme,
  createContact,
  deleteContact,
  emptyContactFields,
  isStub,
  restoreContact,
  type SourceEvent,
} from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { sweepRound } from '../src/use-cases/sweep-tombstones.ts';
import { deleted, updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);
const dayMs = 86_400_000;
const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

/** What AcmeCRM did to a contact version by version, in which order it comes, and after which arrivals we sweep. */
const story = fc.record({
  gone: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  arrivals: fc.array(fc.record({ version: fc.integer({ min: 1, max: 6 }), sweeps: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  }),
});

/** Tombstones and what is left of them, on the fake and on the real store. */
export const tombstonesContract = (
  name: string,
  createStore: (options: { historyLimit: number }) => ContactStore,
): void => {
  describe(`tombstones on ${name}`, () => {
    let store: ContactStore;
    let clock: number;
    const now = () => new Date(clock++).toISOString();
    const apply = (...events: SourceEvent[]) => applyEvents({ store, mapping, now }, events);
    const sweep = (on = store) => sweepRound({ store: on, now }, 30 * dayMs);
    const pass = (days: number) => {
      clock += days * dayMs;
    };
    const waiting = async () => (await store.tombstones(10)).map(({ id }) => id);
    const idOf = contactIdOfAcme;

    beforeEach(() => {
      store = createStore({ historyLimit: 5 });
      clock = Date.parse('2026-01-01T00:00:00.000Z');
    });

    const edit = async (id: string, change: 'create' | 'delete' | 'restore') => {
      const [before] = await store.load([id]);
      if (!before) throw new Error('a snapshot is always read');
      const editor = { by: 'user:ada', now: now() };
      const { contact } = before;
      const fields = { ...emptyContactFields, firstName: 'A', lastName: 'B', email: 'a@b' };
      const whole = contact !== null && !isStub(contact) ? contact : null;
      const edited =
        change === 'create' || whole === null
          ? createContact(id, fields, editor)
          : change === 'delete'
            ? deleteContact(whole, editor)
            : restoreContact(whole, editor);
      if (edited.kind !== 'edited') throw new Error('each step changes something');
      return {
        id,
        before,
        mirror: null,
        contact: edited.contact,
        history: [edited.history],
        outgoing: [edited],
      };
    };

    it('are known from their delete on, the oldest first, and no more once they are revived', async () => {
      await apply(updated({ id: '1', acme_version: 1 }), updated({ id: '2', acme_version: 1 }));
      expect(await waiting()).toEqual([]);
      await apply(deleted({ id: '2', acme_version: 2 }));
      pass(1);
      await apply(deleted({ id: '1', acme_version: 2 }), deleted({ id: '3', acme_version: 7 }));
      expect(new Set(await waiting())).toEqual(new Set([idOf('2'), idOf('1'), idOf('3')]));
      expect((await waiting())[0]).toBe(idOf('2'));
      expect(await store.tombstones(1)).toEqual([
        { id: idOf('2'), since: expect.stringMatching(/^2026-01-01/) },
      ]);
      await apply(updated({ id: '2', acme_version: 3 }));
      expect(await waiting()).not.toContain(idOf('2'));
    });

    it('stay whole for 30 days, and then leave versions and flags alone', async () => {
      await apply(updated({ id: '7', acme_version: 1, acme_title: 'Countess' }));
      await apply(deleted({ id: '7', acme_version: 2 }));
      pass(29);
      expect(await sweep()).toMatchObject({ swept: 0 });
      expect(await store.contact(idOf('7'))).toMatchObject({ title: 'Countess', version: 2 });
      pass(1);
      const round = await sweep();
      expect(round).toMatchObject({ swept: 1, isFull: false });
      expect(round.oldestAgeMs).toBeGreaterThanOrEqual(30 * dayMs);
      const [{ contact, sequence } = {}] = await store.load([idOf('7')]);
      expect(contact).toEqual({ stub: true, id: idOf('7'), version: 2, createdAt: expect.any(String) });
      expect(await store.contactJson(idOf('7'))).toBeNull();
      expect(await store.mirror(idOf('7'))).toMatchObject({
        sourceVersion: 2,
        deleted: true,
        record: null,
        base: null,
        identities: '',
      });
      expect(sequence).toBe(2);
      expect(await store.history(idOf('7'), { limit: 5 })).toEqual([]);
      const all = { order: { by: 'updatedAt', descending: false }, limit: 10, includeDeleted: true } as const;
      expect(await store.list(all)).toEqual({ items: [] });
      expect(await waiting()).toEqual([]);
      expect(await sweep()).toMatchObject({ swept: 0, oldestAgeMs: 0 });
    });

    it('known by their delete alone leave a bare mirror, and are back after a later delete', async () => {
      await apply(deleted({ id: '7', acme_version: 5 }));
      pass(30);
      expect(await sweep()).toMatchObject({ swept: 1 });
      expect(await store.mirror(idOf('7'))).toMatchObject({
        sourceVersion: 5,
        deleted: true,
        identities: '',
      });
      expect(await waiting()).toEqual([]);
      await apply(deleted({ id: '7', acme_version: 6 }));
      expect(await waiting()).toEqual([idOf('7')]);
    });

    it('come back from their stub at the next version, in lists and with their history counted on', async () => {
      await apply(updated({ id: '7', acme_version: 1 }), deleted({ id: '7', acme_version: 2 }));
      pass(30);
      await sweep();
      await apply(updated({ id: '7', acme_version: 3, acme_title: 'Countess' }));
      expect(await store.contact(idOf('7'))).toMatchObject({ title: 'Countess', version: 3 });
      const entries = await store.history(idOf('7'), { limit: 5 });
      expect(entries.map(({ sequence, version }) => [sequence, version])).toEqual([[3, 3]]);
      for (const by of ['updatedAt', 'createdAt', 'lastName'] as const) {
        const { items } = await store.list({
          order: { by, descending: false },
          limit: 10,
          includeDeleted: false,
        });
        expect(items).toMatchObject([{ id: idOf('7'), version: 3 }]);
      }
    });

    it('are swept once by two sweepers at once', async () => {
      await apply(updated({ id: '7', acme_version: 1 }), deleted({ id: '7', acme_version: 2 }));
      pass(30);
      const rounds = await Promise.all([sweep(), sweep()]);
      expect(rounds.map(({ swept }) => swept).sort()).toEqual([0, 1]);
    });

    it.each(['mirror', 'no mirror'])(
      'that are restored while a sweeper looks at them (with %s) stay whole, and are no stub that was restored',
      async (kind) => {
        const id = kind === 'mirror' ? idOf('7') : 'b3c0a3f2-0000-4000-8000-000000000007';
        if (kind === 'mirror') await apply(updated({ id: '7', acme_version: 1 }));
        else await store.commit([await edit(id, 'create')]);
        await store.commit([await edit(id, 'delete')]);
        pass(30);
        const restore = await edit(id, 'restore');
        const late: ContactStore = {
          ...store,
          commit: async (writes) => {
            expect(await store.commit([restore])).toEqual(['written']);
            return store.commit(writes);
          },
        };
        expect(await sweep(late)).toMatchObject({ swept: 0 });
        expect(await store.contact(id)).toMatchObject({ version: 3, firstName: expect.any(String) });

        await store.commit([await edit(id, 'delete')]);
        pass(30);
        const tooLate = await edit(id, 'restore');
        expect(await sweep()).toMatchObject({ swept: 1 });
        expect(await store.commit([tooLate])).toEqual(['moved']);
        expect(await store.contact(id)).toEqual({
          stub: true,
          id,
          version: 4,
          createdAt: expect.any(String),
        });
      },
    );

    it(`swept at any moment change neither the end nor our version of what comes later (seed ${seed})`, async () => {
      let run = 0;
      const law = fc.asyncProperty(story, async ({ gone, arrivals }) => {
        run += 1;
        const [kept, swept] = [`kept-${run}`, `swept-${run}`];
        for (const { version, sweeps } of arrivals) {
          for (const id of [kept, swept]) {
            const told = { id, acme_version: version };
            await apply(gone[version - 1] ? deleted(told) : updated({ ...told, acme_title: `T${version}` }));
          }
          if (!sweeps) continue;
          const others: ContactStore = {
            ...store,
            tombstones: async (limit) =>
              (await store.tombstones(limit)).filter(({ id }) => id === idOf(swept)),
          };
          await sweepRound({ store: others, now }, 0);
        }
        const ends = await store.load([idOf(kept), idOf(swept)]);
        const [one, other] = ends.map(({ mirror, contact }) => ({
          sourceVersion: mirror?.sourceVersion,
          deleted: mirror?.deleted,
          version: contact?.version,
          title: contact && !isStub(contact) && contact.deletedAt === undefined ? contact.title : undefined,
        }));
        expect(other).toEqual(one);
        await sweepRound({ store, now }, 0);
      });
      await fc.assert(law, { numRuns: 60, seed });
    });
  });
};
