import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContactFields, fieldsOfContact } from '../src/index.ts';
import { propertyRuns } from '../src/property-runs.ts';
import { type Custom, faithful, knownRecord, wilful } from './acme-crm.ts';
import { type Happening, TwoSystems } from './two-systems.ts';

const city = { street: null, city: 'London', state: null, zipCode: null, country: null };
const { id: _, ...bornThere } = knownRecord;
const plain: ContactFields = {
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

const oneOf = fc.constantFrom;

const editHere: fc.Arbitrary<Happening> = fc
  .record(
    {
      title: oneOf('Countess', 'Duchess', null),
      notes: oneOf('ours', null),
      address: oneOf(city, { ...city, country: 'UK' }, null),
      tags: oneOf<string[][]>([], ['ours']),
      customFields: oneOf<ContactFields['customFields']>({}, { tier: 1 }, { tier: 2, vip: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((fields) => ({ kind: 'edit here', fields }));

const editThere: fc.Arbitrary<Happening> = fc
  .record(
    {
      acme_title: oneOf('Countess', 'Analyst', null),
      acme_company: oneOf('Acme', 'Engines'),
      acme_address: oneOf('London', 'Berlin', null),
      acme_custom_fields: oneOf({ tier: 3 }, { tier: null }, { level: 'gold' }),
      acme_score: oneOf(1, 2),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((members) => ({ kind: 'edit there', members }));

const trouble: fc.Arbitrary<Happening> = oneOf(
  { kind: 'lost on the way' },
  { kind: 'lost on the way back' },
  { kind: 'crash' },
);

const webhook: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('webhook' as const),
  which: fc.nat(5),
  again: fc.boolean(),
});

const happenings = (there: boolean): fc.Arbitrary<Happening[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: editHere },
      { weight: there ? 3 : 0, arbitrary: editThere },
      { weight: 6, arbitrary: fc.constant<Happening>({ kind: 'write goes on' }) },
      { weight: 3, arbitrary: webhook },
      { weight: 2, arbitrary: trouble },
    ),
    { maxLength: 30 },
  );

const begun = (born: 'here' | 'there', custom: Custom): TwoSystems => {
  const systems = new TwoSystems(custom);
  if (born === 'here') systems.book.create('0192f0c0-0000-7000-8000-000000000001', plain);
  else {
    systems.crm.record = knownRecord;
    systems.crm.version = 1;
    systems.book.take(systems.crm.now());
  }
  return systems;
};

const ended = (steps: readonly Happening[], born: 'here' | 'there', custom: Custom): TwoSystems => {
  const systems = begun(born, custom);
  for (const step of steps) systems.happen(step);
  systems.settle();
  return systems;
};

const born = oneOf<('here' | 'there')[]>('here', 'there');

/** Both sides say the same: nothing that AcmeCRM has would be another by what we hold, and the other way round. */
const expectAgreed = ({ book, crm }: TwoSystems): void => {
  const { known, whole, mapping } = book;
  expect(known.sourceVersion).toBe(crm.version);
  const { acme_version, ...record } = known.record ?? {};
  expect(record).toMatchObject(
    Object.fromEntries(Object.entries(crm.record).filter(([name]) => name in bornThere)),
  );
  const back = mapping.toAcme(fieldsOfContact(whole), known.base?.residue ?? {}).record;
  for (const member of ['acme_title', 'acme_notes', 'acme_address', 'acme_company', 'acme_tags'] as const) {
    expect([member, back[member] ?? null]).toEqual([member, crm.record[member] ?? null]);
  }
  expect(back.acme_custom_fields ?? {}).toEqual(crm.record['acme_custom_fields'] ?? {});
};

describe('both ways, whatever is lost, late, repeated or out of order', () => {
  test.each<[string, Custom]>([
    ['takes what it is given', faithful],
    ['cuts, changes and ignores fields', wilful],
  ])('the two sides agree and fall silent in the end, where AcmeCRM %s', (name, custom) => {
    const law = fc.property(happenings(true), born, (steps, from) => {
      expectAgreed(ended(steps, from, custom));
    });
    fc.assert(law, propertyRuns(`both ways, ${name}`, 2_000));
  });

  test('edits made here alone all stand on both sides, as they were typed, and AcmeCRM makes no version of ours', () => {
    const law = fc.property(happenings(false), born, (steps, from) => {
      const { book } = ended(steps, from, faithful);
      const typed = Object.assign(
        {},
        plain,
        ...steps.map((step) => (step.kind === 'edit here' ? step.fields : {})),
      );
      expect(fieldsOfContact(book.whole)).toEqual(typed);
      expect(book.conflicts).toEqual([]);
      const [first] = book.history;
      expect(book.history.filter((entry) => entry !== first && entry.by === 'acmecrm')).toEqual([]);
    });
    fc.assert(law, propertyRuns('edits here', 2_000));
  });

  test('no edit costs more than three writes', () => {
    const law = fc.property(happenings(true), born, (steps, from) => {
      const { crm, editsHere } = ended(steps, from, wilful);
      expect(crm.writes).toBeLessThanOrEqual(3 * editsHere + (from === 'here' ? 1 : 0));
    });
    fc.assert(law, propertyRuns('three writes', 1_000));
  });

  test('a value of ours that stands on neither side gave way in history, or to a later edit here', () => {
    const law = fc.property(happenings(true), born, (steps, from) => {
      const { book } = ended(steps, from, wilful);
      const title = steps
        .flatMap((step) => (step.kind === 'edit here' ? (step.fields.title ?? []) : []))
        .at(-1);
      if (title === undefined || book.whole.title === title) return;
      const gone = book.history.flatMap(({ changes }) => changes).filter(({ field }) => field === 'title');
      expect(gone.some(({ from: was, lost }) => was === title || lost === title)).toBe(true);
    });
    fc.assert(law, propertyRuns('nothing lost in silence', 1_000));
  });
});
