import {
  type ContactMapping,
  contactIdOfAcme,
  deleteContact,
  type Edited,
  type Editor,
  fieldsOfContact,
  isStub,
  replaceContact,
  restoreContact,
  wholeMirror,
} from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { openRedis } from '@contact-sync/redis';
import { propertyRuns, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { sweepRound } from '../src/use-cases/sweep-tombstones.ts';
import { deleted, updated } from './event-builder.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';

const { seed, numRuns } = propertyRuns('what Redis holds', 200);

const mapping = compileMapping(builtInMapping);
/** Maps alike under another name: bases are taken under either. */
const mappings: readonly ContactMapping[] = [mapping, { ...mapping, id: 'another' }];

const title = fc.constantFrom('Countess', 'Duchess', null);
const tags = fc.constantFrom<readonly string[]>([], ['a'], ['a', 'b']);

/** What happens to one contact, from either side. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('told'),
      // 0 and below: a version that was told before, or is older.
      ahead: fc.integer({ min: -1, max: 2 }),
      isGone: fc.boolean(),
      title,
      tags,
      mapping: fc.nat(mappings.length - 1),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edited'), title, tags }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleted') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restored') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swept') }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** One contact in a store, led through steps. */
const leadThrough = (store: ContactStore, acmeId: string) => {
  const id = contactIdOfAcme(acmeId);
  let clock = Date.parse('2026-01-01T00:00:00.000Z');
  let version = 1;
  const now = () => new Date(clock).toISOString();

  const edit = async (
    how: (contact: Parameters<typeof deleteContact>[0], editor: Editor) => Edited | object,
  ) => {
    const before = await store.loadForEdit(id);
    if (before.contact === null || isStub(before.contact)) return;
    const made = how(before.contact, { by: 'user-1', now: now() });
    if (!('history' in made)) return;
    const { contact, history, outgoing } = made;
    const write = {
      id,
      before,
      mirror: null,
      contact,
      history: [history],
      outgoing: [{ contact, outgoing }],
    };
    expect(await store.commit([write])).toEqual(['written']);
  };

  return async (next: Step): Promise<unknown> => {
    clock += 1_000;
    if (next.kind === 'told') {
      const told = { id: acmeId, acme_version: Math.max(1, version + next.ahead) };
      version = Math.max(version, told.acme_version);
      const eventId = `evt_${clock}`;
      const event = next.isGone
        ? deleted(told, eventId)
        : updated({ ...told, acme_title: next.title, acme_tags: [...next.tags] }, eventId);
      await applyEvents({ store, mapping: mappings[next.mapping] ?? mapping, now }, [event]);
    } else if (next.kind === 'edited') {
      const fields = { title: next.title, tags: [...next.tags] };
      await edit((contact, editor) =>
        replaceContact(contact, { ...fieldsOfContact(contact), ...fields }, editor),
      );
    } else if (next.kind === 'deleted') await edit(deleteContact);
    else if (next.kind === 'restored') await edit(restoreContact);
    else await sweepRound({ store, now }, 0);
    const [{ mirror = null, writeBack = null, ...held } = {}] = await store.load([id]);
    return {
      ...held,
      writeBack,
      mirror: mirror && wholeMirror(mirror),
      forEdit: await store.loadForEdit(id),
    };
  };
};

it(`holds in Redis what a store in memory holds, whatever events and edits come (PROPERTY_SEED=${seed})`, async () => {
  const redis = await openRedis(testEnvironment().REDIS_URL);
  try {
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const real = createRedisContactStore({ redis, historyLimit: 5, prefix: uniquePrefix() });
      const [inRedis, inMemory] = [
        leadThrough(real, '7'),
        leadThrough(createInMemoryContactStore({ historyLimit: 5 }), '7'),
      ];
      for (const next of steps) expect(await inRedis(next)).toEqual(await inMemory(next));
    });
    await fc.assert(property, { numRuns, seed });
  } finally {
    await redis.close();
  }
});
