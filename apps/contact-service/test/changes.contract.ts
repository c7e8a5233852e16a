import { contactIdOfAcme, isStub, type SourceEvent, stubOf } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FeedPlace } from '../src/domain/feed-cursor.ts';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { deleted, updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);

/** What the change feed of every store must do. */
export const changesContract = (
  name: string,
  createStore: (options: { historyLimit: number }) => ContactStore,
): void => {
  describe(`the change feed on ${name}`, () => {
    let store: ContactStore;
    const now = () => new Date().toISOString();
    const apply = (...events: SourceEvent[]) => applyEvents({ store, mapping, now }, events);
    const idOf = contactIdOfAcme;

    const pageAfter = async (after?: FeedPlace, limit = 10) => {
      const page = await store.changes({ limit, ...(after && { after }) });
      if (page === null) throw new Error('the place is one that the store gave');
      return page;
    };
    const namesAfter = async (after?: FeedPlace) =>
      (await pageAfter(after)).entries.map(({ id, version, contact }) => [id, version, contact?.title]);

    beforeEach(() => {
      store = createStore({ historyLimit: 5 });
    });

    it('is empty at first, and its place is one to go on after', async () => {
      const page = await pageAfter();
      expect(page).toMatchObject({ entries: [], sequence: 0, isEnd: true });
      await apply(updated({ id: '7', acme_version: 1, acme_title: 'one' }));
      expect(await namesAfter(page)).toEqual([[idOf('7'), 1, 'one']]);
    });

    it('has each contact once, at its newest change, in the order of the writes', async () => {
      await apply(updated({ id: '1', acme_version: 1 }), updated({ id: '2', acme_version: 1 }));
      const before = await pageAfter();
      await apply(updated({ id: '3', acme_version: 1, acme_title: 'three' }));
      await apply(updated({ id: '1', acme_version: 2, acme_title: 'two' }));
      await apply(updated({ id: '1', acme_version: 3, acme_title: 'new' }));
      expect(await namesAfter(before)).toEqual([
        [idOf('3'), 1, 'three'],
        [idOf('1'), 3, 'new'],
      ]);
      const { entries } = await pageAfter();
      expect(entries.map(({ id }) => id)).toEqual([idOf('2'), idOf('3'), idOf('1')]);
      const sequences = entries.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    });

    it('goes on after each page, and says where it ends', async () => {
      await apply(...['1', '2', '3'].map((id) => updated({ id, acme_version: 1 })));
      const first = await pageAfter(undefined, 2);
      const second = await pageAfter(first, 2);
      expect([first, second].map(({ entries, isEnd }) => [entries.length, isEnd])).toEqual([
        [2, false],
        [1, true],
      ]);
      expect(await pageAfter(second, 2)).toMatchObject({ entries: [], sequence: second.sequence });
    });

    it('tells of a delete, and of a swept one by its version alone, at the place of the delete', async () => {
      await apply(updated({ id: '7', acme_version: 1 }));
      await apply(deleted({ id: '7', acme_version: 2 }));
      const [told] = (await pageAfter()).entries;
      expect(told).toMatchObject({ version: 2, contact: { deletedAt: expect.any(String) } });
      const [before] = await store.load([idOf('7')]);
      const stub = before && stubOf(before);
      if (!before || !stub?.contact || !isStub(stub.contact)) throw new Error('it is a tombstone');
      await store.commit([
        { id: idOf('7'), before, ...stub, history: [], outgoing: [], forgetsHistory: true },
      ]);
      expect((await pageAfter()).entries).toEqual([{ id: idOf('7'), version: 2, sequence: told?.sequence }]);
    });

    it('has no place for what changed no contact', async () => {
      await apply(updated({ id: '7', acme_version: 1 }));
      const before = await pageAfter();
      await apply(updated({ id: '7', acme_version: 2 }));
      await apply(deleted({ id: 'never', acme_version: 2 }));
      expect(await namesAfter(before)).toEqual([]);
    });

    it('knows no place that it never gave', async () => {
      await apply(updated({ id: '7', acme_version: 1 }));
      const { generation, sequence } = await pageAfter();
      expect(await store.changes({ after: { generation, sequence: sequence + 1 }, limit: 1 })).toBeNull();
      expect(await store.changes({ after: { generation: 'ffff', sequence: 0 }, limit: 1 })).toBeNull();
    });
  });
};
