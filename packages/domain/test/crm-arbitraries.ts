import fc from 'fast-check';
import type { AcmeContact, SourceEvent } from '../src/index.ts';
import { deletion, upsert } from './acme-events.ts';

/** What a version of the contact is in AcmeCRM; few values, so that versions often agree in a member or in all. */
export type Content = Partial<AcmeContact> & { readonly acme_score?: number };

/** One sending of a version; `content` is null for a delete. */
export type Sending = { readonly event: SourceEvent; readonly content: Content | null };

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);

const content: fc.Arbitrary<Content> = fc.record(
  {
    acme_first_name: oneOf('Ada', 'Augusta'),
    acme_title: oneOf('a', 'b', 'c'),
    acme_company: oneOf('Acme', 'ACME', 'Other'),
    acme_notes: oneOf('n', 'm'),
    acme_address: oneOf('here', 'there'),
    acme_status: oneOf('Active' as const, 'Lead' as const),
    acme_tags: oneOf(['x'], ['x', 'y']),
    acme_custom_fields: fc
      .record(
        { tier: oneOf(1, 2, 3), vip: fc.boolean(), mappedBy: oneOf('crm') },
        { requiredKeys: [], noNullPrototype: true },
      )
      .filter((fields) => Object.keys(fields).length > 0),
    acme_score: oneOf(1, 2),
  },
  { requiredKeys: ['acme_first_name'], noNullPrototype: true },
);

type Members = Partial<AcmeContact> & { readonly acme_score?: number | null };

const emptyMembers: Members = { acme_phone: '', acme_title: null, acme_company: '', acme_tags: [] };
const moreEmptyMembers: Members = {
  acme_notes: null,
  acme_tags: null,
  acme_custom_fields: {},
  acme_score: null,
};

const spellings: Members[] = [{}, emptyMembers, moreEmptyMembers];

/** What two sendings of the same content may still differ in. */
const spelling = fc.record({
  empty: oneOf(...spellings),
  times: fc.record(
    { acme_created_at: oneOf('2026-01-01T00:00:00Z'), acme_updated_at: oneOf('2026-01-02T00:00:00Z', null) },
    { requiredKeys: [], noNullPrototype: true },
  ),
  sender: oneOf('a', 'b', 'c'),
});

const sendingOf = (version: number, sent: Content): fc.Arbitrary<Sending> =>
  spelling.map(({ empty, times, sender }) => {
    const { acme_score, ...data } = { ...empty, ...sent, ...times };
    const extra = acme_score === undefined ? {} : { acme_score };
    return { event: upsert(version, data, { eventId: `evt_${sender}`, extra }), content: sent };
  });

const deletionOf = (version: number): fc.Arbitrary<Sending> =>
  oneOf('a', 'b').map((sender) => ({ event: deletion(version, `evt_${sender}`), content: null }));

/** The few contents that a history goes back and forth between. */
const contents = fc.array(content, { minLength: 1, maxLength: 3 }).map((few) => oneOf(...few));

const sendingsOf = (version: number, few: fc.Arbitrary<Content>): fc.Arbitrary<Sending[]> => {
  const records = few.chain((sent) => fc.array(sendingOf(version, sent), { maxLength: 3 }));
  const deletes = fc.array(deletionOf(version), { maxLength: 2 });
  return fc.tuple(records, deletes).map((parts) => parts.flat());
};

/** What AcmeCRM sent of one contact: some versions, each any number of times and in any spelling, no conflicts. */
export const crmHistory: fc.Arbitrary<Sending[]> = contents
  .chain((few) => fc.tuple(...[1, 2, 3, 4, 5, 6].map((version) => sendingsOf(version, few))))
  .map((versions) => versions.flat())
  .filter((sendings) => sendings.length > 0);

/** All sendings in some order, some of them several times. */
export const arrivalsOf = (sendings: Sending[]): fc.Arbitrary<Sending[]> =>
  fc
    .array(fc.constantFrom(...sendings), { maxLength: 6 })
    .chain((again) =>
      fc.shuffledSubarray([...sendings, ...again], { minLength: sendings.length + again.length }),
    );

const sendingAt = (moment: number, few: fc.Arbitrary<Content>): fc.Arbitrary<Sending> => {
  const about = Math.floor(moment / 2);
  return fc.integer({ min: Math.max(1, about - 1), max: about + 3 }).chain((version) => {
    const records = few.chain((sent) => sendingOf(version, sent));
    return fc.oneof({ arbitrary: deletionOf(version), weight: 1 }, { arbitrary: records, weight: 5 });
  });
};

/** One sending each for some moments; versions rise by and large, come late, leap, repeat and conflict. */
export const sendingsInTime = (moments: number): fc.Arbitrary<Sending[]> =>
  contents.chain((few) =>
    fc.tuple(...Array.from({ length: moments }, (_, moment) => sendingAt(moment, few))),
  );
