import {
  type AcmeContact,
  type AcmeRecord,
  contactIdOfAcme,
  fieldsOfContact,
  isStub,
  type SourceEvent,
} from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { updated } from './event-builder.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';

const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 300);

const mapping = compileMapping(builtInMapping);
const acmeId = '7';
const id = contactIdOfAcme(acmeId);

const oneOf = fc.constantFrom;

/** What a version says; few values, so that versions often agree in a member or in all. */
const content = fc.record(
  {
    acme_title: oneOf('Countess', 'Duchess'),
    acme_phone: oneOf('(415) 555-2671', '+1 415 555 2671', 'ask Ada'),
    acme_address: oneOf('123 Main St, San Francisco, CA 94105, USA', 'somewhere'),
    acme_status: oneOf('Active' as const, 'Lead' as const),
    acme_tags: oneOf<string[]>(['a'], ['a', 'b']),
    acme_custom_fields: oneOf({ tier: 1 }, { tier: 2, vip: true }),
    acme_score: oneOf(1, 2),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What two sendings of one version may differ in and say the same. */
const spelling = fc.record({
  empty: oneOf<Partial<AcmeContact>>(
    {},
    { acme_notes: '', acme_company: null },
    { acme_notes: null, acme_company: '', acme_tags: [] },
  ),
  times: fc.record(
    {
      acme_created_at: oneOf('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'),
      acme_updated_at: oneOf('2026-01-02T00:00:00Z', null),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
});

type Spelling = typeof spelling extends fc.Arbitrary<infer Value> ? Value : never;
type Content = typeof content extends fc.Arbitrary<infer Value> ? Value : never;

const sendingOf = (acme_version: number, said: Content, { empty, times }: Spelling): SourceEvent => {
  const { acme_score, ...data } = { ...empty, ...said, ...times };
  const event = updated({ id: acmeId, acme_version, ...data });
  return acme_score === undefined ? event : { ...event, extra: { acme_score } };
};

/** One to three sendings of each version, all of them records; few contents, so that versions repeat one. */
const sendings = fc
  .array(content, { minLength: 1, maxLength: 2 })
  .chain((few) =>
    fc.tuple(
      ...[1, 2, 3].map((version) =>
        fc
          .tuple(oneOf(...few), fc.array(spelling, { minLength: 1, maxLength: 3 }))
          .map(([said, spellings]) => spellings.map((spelled) => sendingOf(version, said, spelled))),
      ),
    ),
  )
  .map((versions) => versions.flat());

const orderOf = (sent: readonly SourceEvent[]) =>
  fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 });

const twoOrders = sendings.chain((sent) => fc.tuple(orderOf(sent), orderOf(sent)));

const heldAfter = async (events: readonly SourceEvent[]) => {
  const store = createInMemoryContactStore({ historyLimit: 100 });
  const now = () => '2026-03-01T00:00:00.000Z';
  for (const event of events) {
    const [result] = await applyEvents({ store, mapping, now }, [event]);
    expect(result).toHaveProperty('fate');
  }
  const [mirror, contact] = [await store.mirror(id), await store.contact(id)];
  if (!mirror?.base || !contact || isStub(contact)) throw new Error('the contact is there whole');
  return { mirror, base: mirror.base, contact };
};

/** AcmeCRM's record as we would send it back, our own times aside. */
const sentBack = async (
  events: readonly SourceEvent[],
): Promise<[back: unknown, record: AcmeRecord | null]> => {
  const { mirror, base, contact } = await heldAfter(events);
  const { record, problems } = mapping.toAcme(fieldsOfContact(contact), base.residue);
  expect(problems).toEqual([]);
  return [record, mirror.record];
};

test(`any order of the sendings ends in the same record, base and fields (PROPERTY_SEED=${seed})`, async () => {
  const law = fc.asyncProperty(twoOrders, async ([one, other]) => {
    const [first, second] = [await heldAfter(one), await heldAfter(other)];
    const endOf = ({ mirror, base, contact }: typeof first) => {
      const { createdAt: _c, updatedAt: _u, version: _v, ...fields } = contact;
      return { record: mirror.record, base, fields };
    };
    expect(endOf(first)).toEqual(endOf(second));
  });
  await fc.assert(law, { numRuns, seed });
});

test(`what would be sent back is the record as last taken (PROPERTY_SEED=${seed})`, async () => {
  const law = fc.asyncProperty(sendings.chain(orderOf), async (events) => {
    const [back, record] = await sentBack(events);
    expect(back).toEqual(record);
  });
  await fc.assert(law, { numRuns, seed });
});

test('a second version of one content is sent back with its own number', async () => {
  const [back] = await sentBack([1, 2].map((acme_version) => updated({ id: acmeId, acme_version })));
  expect(back).toMatchObject({ acme_version: 2 });
});

test('a repeat that brings a later time is sent back with it', async () => {
  const [back] = await sentBack(
    ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'].map((acme_updated_at) =>
      updated({ id: acmeId, acme_version: 1, acme_updated_at }),
    ),
  );
  expect(back).toMatchObject({ acme_updated_at: '2026-01-02T00:00:00Z' });
});
