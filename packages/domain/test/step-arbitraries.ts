import fc from 'fast-check';
import type { ContactFields } from '../src/index.ts';
import { type Sending, sendingsInTime } from './crm-arbitraries.ts';

/** What may happen to a contact; `switch` puts another mapping in force, `remap` applies it to what is stored. */
export type Step =
  | { readonly kind: 'event'; readonly sending: Sending }
  | { readonly kind: 'edit'; readonly fields: Partial<ContactFields> }
  | { readonly kind: 'delete' | 'restore' | 'switch' | 'remap' };

const edits: fc.Arbitrary<Partial<ContactFields>> = fc.record(
  {
    firstName: fc.constantFrom('Ada', 'Countess'),
    title: fc.constantFrom('a', 'b', 'ours', null),
    company: fc.constantFrom('ACME', 'Ours', null),
    notes: fc.constantFrom('n', 'ours', null),
    status: fc.constantFrom('active' as const, 'inactive' as const, null),
    address: fc.constant({ street: 'ours', city: null, state: null, zipCode: null, country: null }),
    tags: fc.constantFrom<string[][]>([], ['x'], ['ours']),
    customFields: fc.record(
      { tier: fc.constantFrom(1, 2, 9), vip: fc.boolean(), ours: fc.constantFrom('o', 'p') },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const stepOf = (sending: Sending): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant<Step>({ kind: 'event', sending }) },
    { weight: 6, arbitrary: edits.map((fields): Step => ({ kind: 'edit', fields })) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Step>(
        { kind: 'delete' },
        { kind: 'restore' },
        { kind: 'switch' },
        { kind: 'remap' },
      ),
    },
  );

/** Events, edits, deletes and changes of the mapping as they may follow each other. */
export const stepsInTime: fc.Arbitrary<Step[]> = sendingsInTime(20)
  .chain((sendings) => fc.tuple(...sendings.map(stepOf)))
  .chain((all) => fc.subarray(all, { minLength: 1 }));
