import {
  type Contact,
  fieldsOfContact,
  type Mirror,
  type StoredContact,
  wholeMirror,
} from '@contact-sync/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactChanges, fromContactHash } from './contact-hash.ts';
import type { Hash, HashChanges } from './hash-changes.ts';
import { keptBase, mirrorChanges } from './mirror-hash.ts';
import { fromMirrorHash } from './stored-mirror.ts';
import { untouchedContact } from './untouched-contact.ts';

const id = '0f6fd4a6-3c2f-5a0e-8a43-6a1a64c7a9b1';
const at = '2026-01-01T00:00:00.000Z';
const text = fc.constantFrom('', 'a', 'b', '1', '"');
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const address = fc.record({ street: nullable(text), city: nullable(text) }, { noNullPrototype: true });
const whole = fc.record(
  {
    id: fc.constant(id),
    firstName: text,
    lastName: text,
    email: text,
    phone: nullable(text),
    company: nullable(text),
    title: nullable(text),
    notes: nullable(text),
    address: nullable(address.map((parts) => ({ state: null, zipCode: null, country: null, ...parts }))),
    status: fc.constantFrom(null, 'active', 'lead'),
    tags: fc.array(text, { maxLength: 2 }),
    customFields: fc.dictionary(fc.constantFrom('k', 'l'), fc.oneof(text, fc.integer(), fc.boolean()), {
      noNullPrototype: true,
    }),
    source: fc.constantFrom('acmecrm', 'api'),
    sourceId: nullable(text),
    createdAt: fc.constant(at),
    updatedAt: fc.constant(at),
    deletedAt: fc.constant(at),
    version: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['id', 'firstName', 'lastName', 'email', 'phone', 'company', 'title', 'notes', 'address'] },
);
const required = { status: null, tags: [], customFields: {}, source: 'api', sourceId: null, version: 1 };
const contact = fc.oneof(
  { weight: 5, arbitrary: whole.map((some) => ({ ...required, createdAt: at, updatedAt: at, ...some })) },
  {
    weight: 1,
    arbitrary: fc.record({
      stub: fc.constant(true),
      id: fc.constant(id),
      version: fc.constant(2),
      createdAt: fc.constant(at),
    }),
  },
) as fc.Arbitrary<StoredContact>;

// No -0, which JSON does not keep.
const anyJson = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
const record = fc.record({ id: text, acme_title: nullable(text), more: anyJson });
const mirror = fc
  .record({
    sourceId: text.map((some) => `acme-${some}`),
    sourceVersion: fc.integer({ min: 1, max: 3 }),
    deleted: fc.boolean(),
    contentHash: nullable(text),
    record: nullable(record),
    takenAt: fc.constant(at),
    untouchedVersion: nullable(fc.integer({ min: 1, max: 3 })),
    ownSlots: fc.subarray(['address', 'customFields.tier']),
    identities: text,
    missing: fc.constantFrom(
      { ranges: [], forgotten: 0 },
      { ranges: [{ from: 2, to: 3, noticedAt: at }], forgotten: 1 },
    ),
    revision: fc.integer({ min: 1, max: 3 }),
  })
  .map((some) => ({
    ...some,
    mappingId: some.record && 'm',
    base: some.record && { fields: fieldsOf(some.record.acme_title), residue: some.record },
  })) as unknown as fc.Arbitrary<Mirror>;

const fieldsOf = (title: string | null) => ({
  ...{ firstName: 'A', lastName: 'B', email: 'a@b', phone: null, company: null, title, notes: null },
  ...{ address: null, status: null, tags: [], customFields: {} },
});

/** What Redis makes of the changes. */
const after = (hash: Hash, { set, gone }: HashChanges): Hash => {
  const next = new Map(Object.entries(hash));
  for (let index = 0; index < set.length; index += 2) next.set(set[index] ?? '', set[index + 1] ?? '');
  for (const field of gone) next.delete(field);
  return Object.fromEntries(next);
};

/** Both ways to a state: by changes of the one before, and from nothing. */
const bothWays = <Value>(
  changes: (before: Value | null, after: Value) => HashChanges,
  states: readonly Value[],
): [stepByStep: Hash, atOnce: Hash] => {
  let hash: Hash = {};
  let before: Value | null = null;
  for (const state of states) {
    hash = after(hash, changes(before, state));
    before = state;
  }
  return [hash, after({}, changes(null, states.at(-1) as Value))];
};

test('a contact that is written by its changes is the one that is written whole, and reads back', () => {
  fc.assert(
    fc.property(fc.array(contact, { minLength: 1, maxLength: 4 }), (states) => {
      const [stepByStep, atOnce] = bothWays(contactChanges, states);
      expect(stepByStep).toEqual(atOnce);
      expect(fromContactHash(stepByStep)).toEqual(states.at(-1));
    }),
  );
});

type Held = { readonly mirror: Mirror; readonly contact: StoredContact | null };

/** A state as a decision leaves it that took what the state has. */
const taking = ({ mirror: { record, base, ...head }, contact: beside }: Held) => ({
  mirror: { ...head, taken: record && base && { record, base } },
  contact: beside,
});

/** A decision that took nothing: what was taken stays, and with it whether the contact is the base itself. */
const keeping = (before: Held, { mirror: told }: Held): Held => {
  const { record, base, mappingId, untouchedVersion } = before.mirror;
  return { mirror: { ...told, record, base, mappingId, untouchedVersion }, contact: before.contact };
};

/** A contact at the version that nobody has edited has the base's fields, which a decision sees to. */
const held = fc.record({ mirror, contact: nullable(contact) }).map((given): Held => {
  const { mirror: known, contact: beside } = given;
  if (known.base === null) return { ...given, mirror: { ...known, untouchedVersion: null } };
  const untouched = untouchedContact(known, beside);
  if (untouched === null) return given;
  return { ...given, mirror: { ...known, base: { ...known.base, fields: fieldsOfContact(untouched) } } };
});

/** The contact as an edit leaves it: at a version of its own. */
const edited = (untouched: Contact): Contact => ({ ...untouched, title: 'edited', version: 9 });

const step = fc.record({ state: held, takes: fc.boolean(), isEdited: fc.boolean() });

test('a mirror that is written by its changes is the one that is written whole, and reads back', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
      let hash: Hash = {};
      let before: Held | null = null;
      for (const { state, takes, isEdited } of steps) {
        const next: Held = before === null || takes ? state : keeping(before, state);
        const told = taking(next);
        const isKept = before !== null && !takes;
        const write = isKept ? { ...told, mirror: { ...told.mirror, taken: 'kept' as const } } : told;
        hash = after(hash, mirrorChanges(before, write));
        before = next;
        const untouched = untouchedContact(next.mirror, next.contact);
        if (untouched && isEdited) {
          hash = after(hash, keptBase(untouched));
          before = { ...next, contact: edited(untouched) };
        }
      }
      const last = before as Held;
      expect(hash).toEqual(after({}, mirrorChanges(null, taking(last))));
      const read = fromMirrorHash(hash, last.contact);
      expect(read && wholeMirror(read)).toEqual(last.mirror);
    }),
  );
});

test('what was taken is neither read nor written where a decision keeps it', () => {
  const [one] = fc.sample(held, { numRuns: 1, seed: 7 });
  if (!one) throw new Error('there is one');
  const taken = (): never => {
    throw new Error('it was read');
  };
  const { record: _r, base: _b, ...head } = one.mirror;
  const before = { mirror: { ...head, taken }, contact: one.contact };
  const next = { mirror: { ...head, revision: 9, taken: 'kept' as const }, contact: one.contact };
  expect(mirrorChanges(before, next)).toEqual({ set: ['revision', '9'], gone: [] });
});

test('the fields of a base stand in the mirror only where the contact is not the base itself', () => {
  const [one] = fc.sample(
    held.filter((some) => untouchedContact(some.mirror, some.contact) !== null),
    { numRuns: 1, seed: 7 },
  );
  if (!one) throw new Error('there are some');
  expect(Object.keys(after({}, mirrorChanges(null, taking(one))))).not.toContain('baseFields');
  expect(Object.keys(after({}, mirrorChanges(null, taking({ ...one, contact: null }))))).toContain(
    'baseFields',
  );
});

test('only what differs is written', () => {
  const [one] = fc.sample(
    contact.filter((some) => !('stub' in some)),
    { numRuns: 1, seed: 7 },
  );
  const next = { ...one, version: 9 } as StoredContact;
  expect(contactChanges(one ?? null, next)).toEqual({ set: ['version', '9'], gone: [] });
});
