import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { createRedisOutbox } from '../src/adapters/redis-outbox/redis-outbox.ts';
import { createRedisMirrorWalk } from '../src/adapters/redis-remap/redis-mirror-walk.ts';
import { createRedisRemapJournal } from '../src/adapters/redis-remap/redis-remap-journal.ts';
import { emptyTally } from '../src/domain/remap-tally.ts';
import type { ContactStore, MirrorWalk } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { createEditContact } from '../src/use-cases/edit-contact.ts';
import { existing } from '../src/use-cases/plan-edits.ts';
import { remapContacts } from '../src/use-cases/remap-contacts.ts';
import { patchOne } from '../src/use-cases/write-contacts.ts';
import { deleted, updated } from './event-builder.ts';
import { moves, newMapping, oldMapping } from './remap-mappings.ts';

const now = () => new Date().toISOString();
const redis = useRedis(testEnvironment().REDIS_URL);

describe('a remap on Redis', () => {
  let prefix: string;
  let store: ContactStore;

  beforeEach(() => {
    prefix = uniquePrefix();
    store = createRedisContactStore({ redis, historyLimit: 100, prefix });
  });

  const apply = (mapping: typeof oldMapping, ...events: SourceEvent[]) =>
    applyEvents({ store, mapping, now }, events);
  const seed = (count: number) =>
    apply(
      oldMapping,
      ...Array.from({ length: count }, (_, id) => updated({ id: String(id), acme_version: 1, ...moves })),
    );
  const outbox = () => createRedisOutbox({ redis, owner: 'test', leaseMs: 1_000, prefix });
  const run = () =>
    remapContacts(
      {
        store,
        mapping: newMapping,
        now,
        walk: createRedisMirrorWalk({ redis, prefix }),
        journal: createRedisRemapJournal({ redis, prefix }),
        outbox: outbox(),
      },
      {
        dryRun: false,
        batchSize: 20,
        pace: async () => undefined,
        pause: async () => undefined,
        signal: new AbortController().signal,
        observer: {
          resumed: () => undefined,
          met: () => undefined,
          counted: () => undefined,
          held: () => undefined,
        },
      },
    );

  it('writes version, history, outgoing event and places in lists of each contact once, however often it runs', async () => {
    await seed(120);
    await apply(oldMapping, deleted({ id: '0', acme_version: 2 }), deleted({ id: 'bare', acme_version: 1 }));
    expect(await run()).toMatchObject({ remapped: 120, current: 1, noted: 0, failed: 0 });
    expect(await run()).toEqual({ ...emptyTally, current: 121 });
    const page = await store.list({
      order: { by: 'updatedAt', descending: false },
      limit: 1_000,
      includeDeleted: true,
    });
    expect(page.items).toHaveLength(120);
    for (const contact of page.items) expect(contact.company).toBe('R&D / Acme');
    expect(page.items.filter(({ deletedAt }) => deletedAt !== undefined)).toMatchObject([
      { id: contactIdOfAcme('0'), version: 3 },
    ]);
    const told = (await outbox().read(1_000)).slice(-120);
    expect(new Set(told.map(({ contact }) => contact.id)).size).toBe(120);
    expect(told.filter(({ outgoing }) => outgoing.type === 'deleted')).toHaveLength(1);
    const history = await store.history(contactIdOfAcme('1'), { limit: 10 });
    expect(history).toMatchObject([
      { sequence: 2, by: 'remap', version: 2, mappingId: newMapping.id },
      { sequence: 1, by: 'acmecrm', sourceVersion: 1 },
    ]);
    expect(history[0]).not.toHaveProperty('sourceVersion');
  });

  it('loses neither events nor edits that come in while it runs', async () => {
    await seed(60);
    const ids = Array.from({ length: 60 }, (_, id) => String(id));
    const edit = createEditContact({ store, now });
    const edits = ids
      .slice(0, 40)
      .map((id) =>
        patchOne(edit, { id: contactIdOfAcme(id), by: 'user:ada', ifMatch: '*' }, { title: 'ours' }),
      );
    const events = ids
      .slice(20)
      .map((id) => apply(newMapping, updated({ id, acme_version: 2, ...moves, acme_notes: `told ${id}` })));
    const [tally] = await Promise.all([run(), ...edits, ...events]);
    expect(tally).toMatchObject({ failed: 0 });
    for (const [index, id] of ids.entries()) {
      const [snapshot] = await store.load([contactIdOfAcme(id)]);
      if (!snapshot) throw new Error('a snapshot is always read');
      expect(existing(snapshot)).toMatchObject({
        company: 'R&D / Acme',
        title: index < 40 ? 'ours' : null,
        notes: index < 20 ? null : `told ${id}`,
      });
      expect(snapshot.mirror?.mappingId).toBe(newMapping.id);
      const history = await store.history(contactIdOfAcme(id), { limit: 10 });
      const versions = history.flatMap(({ version }) => version ?? []);
      expect(versions).toEqual(versions.map((_, place) => versions.length - place));
    }
  });

  const walked = async (walk: MirrorWalk, from?: string) => {
    const met: string[] = [];
    const firsts: boolean[] = [];
    let position = from;
    do {
      const page = await walk.pageAfter(position);
      met.push(...page.items);
      firsts.push(page.isFirst);
      position = page.next;
    } while (position !== undefined);
    return { met: new Set(met), firsts };
  };

  it('meets every contact with a mirror and no other, from a forgotten position too', async () => {
    await seed(200);
    const walk = createRedisMirrorWalk({ redis, prefix });
    const all = new Set(Array.from({ length: 200 }, (_, id) => contactIdOfAcme(String(id))));
    const whole = await walked(walk);
    expect(whole.met).toEqual(all);
    expect(whole.firsts.indexOf(true, 1)).toBe(-1);
    const anew = await walked(walk, 'anotherserver:17');
    expect([anew.met, anew.firsts[0]]).toEqual([all, true]);
  });

  it('keeps a position for the mapping that it is of', async () => {
    const journal = createRedisRemapJournal({ redis, prefix });
    const position = { position: 'a:1', tally: { ...emptyTally, fields: { 'customFields.a b': 2 } } };
    await journal.keep('m1', position);
    expect([await journal.read('m1'), await journal.read('m2')]).toEqual([position, null]);
    await journal.forget('m1');
    expect(await journal.read('m1')).toBeNull();
  });
});
