import { contactIdOfAcme, replaceContact } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyTally, type RemapTally } from '../src/domain/remap-tally.ts';
import type { ContactStore, RemapPosition, WalkPage } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { type RemapOptions, type RemapPorts, remapContacts } from '../src/use-cases/remap-contacts.ts';
import { updated } from './event-builder.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';
import { moves, newMapping, oldMapping } from './remap-mappings.ts';

const now = () => new Date().toISOString();

describe('a remap of all contacts', () => {
  let store: ContactStore;
  let pages: WalkPage[];
  let kept: RemapPosition[];
  let known: RemapPosition | null;
  let forgotten: number;
  let asked: (string | undefined)[];
  let waiting: number[];
  let told: { held: number[]; resumed: RemapTally[]; paced: number[] };
  const stopping = { signal: new AbortController().signal };

  beforeEach(async () => {
    store = createInMemoryContactStore({ historyLimit: 100 });
    [pages, kept, known, forgotten, asked, waiting] = [[], [], null, 0, [], []];
    told = { held: [], resumed: [], paced: [] };
    stopping.signal = new AbortController().signal;
    const events = ['1', '2', '3'].map((id) => updated({ id, acme_version: 1, ...moves }));
    await applyEvents({ store, mapping: oldMapping, now }, events);
  });

  const ports = (): RemapPorts => ({
    store,
    mapping: newMapping,
    now,
    walk: {
      pageAfter: async (position) => {
        asked.push(position);
        return pages.shift() ?? { items: [], isFirst: false };
      },
    },
    journal: {
      read: async () => known,
      keep: async (_, position) => void kept.push(position),
      forget: async () => {
        forgotten += 1;
      },
    },
    outbox: { size: async () => waiting.shift() ?? 0 },
  });
  const run = (options: Partial<RemapOptions> = {}) =>
    remapContacts(ports(), {
      dryRun: false,
      batchSize: 100,
      pace: async (count) => void told.paced.push(count),
      pause: async () => undefined,
      signal: stopping.signal,
      observer: {
        resumed: (tally) => void told.resumed.push(tally),
        met: () => undefined,
        counted: () => undefined,
        held: (count) => void told.held.push(count),
      },
      ...options,
    });
  const ids = (...sourceIds: string[]) => sourceIds.map(contactIdOfAcme);

  it('counts each contact and each field, and keeps its position after each page but the last', async () => {
    pages = [
      { items: ids('1', '2', '1'), next: 'p1', isFirst: true },
      { items: ids('3', 'nobody'), isFirst: false },
    ];
    const tally = await run();
    expect(tally).toEqual({
      ...emptyTally,
      remapped: 3,
      current: 1,
      fields: { company: 3, 'customFields.unit': 3 },
    });
    expect(asked).toEqual([undefined, 'p1']);
    expect(kept).toEqual([{ position: 'p1', tally: expect.objectContaining({ remapped: 2 }) }]);
    expect([forgotten, told.paced]).toEqual([1, [2, 1]]);
  });

  it('goes on from a kept position with its tally', async () => {
    known = { position: 'p1', tally: { ...emptyTally, remapped: 7, failed: 1 } };
    pages = [{ items: ids('3'), isFirst: false }];
    expect(await run()).toMatchObject({ remapped: 8, failed: 1 });
    expect([asked, told.resumed]).toEqual([['p1'], [expect.objectContaining({ remapped: 7 })]]);
  });

  it('counts anew where the position is forgotten, and passes over what was done', async () => {
    pages = [{ items: ids('1', '2'), isFirst: true }];
    await run();
    known = { position: 'p1', tally: { ...emptyTally, remapped: 7 } };
    pages = [{ items: ids('1', '2', '3'), isFirst: true }];
    expect(await run()).toMatchObject({ remapped: 1, current: 2 });
    expect(told.resumed).toEqual([]);
  });

  it('reads no position, writes none and changes no contact in a dry run', async () => {
    known = { position: 'p9', tally: emptyTally };
    pages = [
      { items: ids('1'), next: 'p1', isFirst: true },
      { items: ids('2', '3'), isFirst: false },
    ];
    const held = () =>
      Promise.all(ids('1', '2', '3').map(async (id) => [await store.mirror(id), await store.contact(id)]));
    const before = await held();
    expect(await run({ dryRun: true })).toMatchObject({ remapped: 3 });
    expect(await held()).toEqual(before);
    expect([asked, kept, forgotten]).toEqual([[undefined, 'p1'], [], 0]);
  });

  it('decides anew on a contact that is edited in between, and keeps the edit', async () => {
    const { commit } = store;
    const id = contactIdOfAcme('1');
    let raced = false;
    store.commit = async (writes) => {
      const [before] = raced ? [] : await store.load([id]);
      raced = true;
      if (before?.contact && !('stub' in before.contact)) {
        const fields = { ...before.contact, company: 'ours' };
        const edit = replaceContact(before.contact, fields, { by: 'user:ada', now: now() });
        if (edit.kind !== 'edited') throw new Error('the company is another');
        await commit([
          { id, before, mirror: null, contact: edit.contact, history: [edit.history], outgoing: [edit] },
        ]);
      }
      return commit(writes);
    };
    pages = [{ items: [id], isFirst: true }];
    expect(await run()).toMatchObject({ remapped: 1, fields: { 'customFields.unit': 1 } });
    expect(await store.contact(id)).toMatchObject({ company: 'ours', version: 3 });
    const by = (await store.history(id, { limit: 5 })).map((entry) => entry.by);
    expect(by).toEqual(['remap', 'user:ada', 'acmecrm']);
  });

  it('counts a contact that moves at every try as failed, and goes on', async () => {
    const { commit } = store;
    const stubborn = contactIdOfAcme('1');
    store.commit = async (writes) => {
      const results = await commit(writes.filter(({ id }) => id !== stubborn));
      return writes.map(({ id }) => (id === stubborn ? 'moved' : (results.shift() ?? 'moved')));
    };
    pages = [{ items: ids('1', '2'), isFirst: true }];
    expect(await run()).toMatchObject({ remapped: 1, failed: 1 });
  });

  it('waits while too many outgoing events wait', async () => {
    waiting = [2_001, 5_000, 2_000];
    pages = [{ items: ids('1'), isFirst: true }];
    expect(await run()).toMatchObject({ remapped: 1 });
    expect(told.held).toEqual([2_001, 5_000]);
  });

  it('ends between two batches when it is stopped, and does not pass over the page it was in', async () => {
    const stop = new AbortController();
    stopping.signal = stop.signal;
    pages = [
      { items: ids('1'), next: 'p1', isFirst: true },
      { items: ids('2', '3'), isFirst: false },
    ];
    const pace = async () => (asked.length === 2 ? stop.abort() : undefined);
    expect(await run({ batchSize: 1, pace })).toBeNull();
    expect(kept.map(({ position }) => position)).toEqual(['p1']);
    expect(await store.contact(contactIdOfAcme('3'))).toMatchObject({ version: 1 });
    expect(forgotten).toBe(0);
  });
});
