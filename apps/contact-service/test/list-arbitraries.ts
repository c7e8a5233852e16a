import type { Contact } from '@contact-sync/domain';
import fc from 'fast-check';
import type { ContactList } from '../src/domain/lists/contact-list.ts';
import { storedContact } from './stored-contacts.ts';

/** The first moment that a contact of these is made or changed. */
export const epoch = Date.parse('2026-01-01T00:00:00.000Z');

/** How many milliseconds all of it happens in: few, so that many times are equal. */
const span = 400;

const firstNames = ['Ada', 'ADA', 'Adam', 'Åsa', '\u{1f984} Sam', 'Zoe\u0308', 'Li', 'X'.repeat(90)];
const lastNames = [
  'Lovelace',
  'lovelace',
  'Li',
  'Ångström',
  'Æ',
  'محمد',
  '\uffee',
  '\u{1f600}',
  'De Boer',
  'De',
];
const companies = ['Navy', 'NAVY', 'Café', 'Cafe\u0301', 'a:*{}\r\n', 'Rare'];
const tags = ['vip', 'VIP', 'ß', 'x y', 'rare'];
const emails = ['ada@example.com', 'ADA@example.com', 'b@c', 'd@e'];
const queries = [
  'a',
  'A',
  'ada l',
  'l',
  'li',
  'x',
  'de',
  'De B',
  '\u{1f984} s',
  'z',
  'nobody',
  'X'.repeat(70),
];

const when = fc.nat(span).map((ms) => new Date(epoch + ms).toISOString());

/** The rarer a value, the later it stands: sets of every size come of few values. */
const skewed = <Value>(values: readonly Value[]) =>
  fc.oneof(
    ...values.map((value, index) => ({
      arbitrary: fc.constant(value),
      weight: 2 ** (values.length - index),
    })),
  );

/** Anything about a contact but its id. */
export const contactArbitrary: fc.Arbitrary<Omit<Contact, 'id'>> = fc
  .record({
    firstName: fc.constantFrom(...firstNames),
    lastName: fc.constantFrom(...lastNames),
    email: skewed(emails),
    company: skewed([null, ...companies]),
    status: skewed(['active', 'lead', null, 'inactive'] as const),
    source: skewed(['acmecrm', 'api'] as const),
    tags: fc.uniqueArray(skewed(tags), { maxLength: 3 }),
    createdAt: when,
    updatedAt: when,
    isDeleted: skewed([false, false, true]),
  })
  .map(({ isDeleted, ...fields }) => {
    const { id: _, ...contact } = storedContact({
      id: '',
      ...fields,
      ...(isDeleted && { deletedAt: fields.updatedAt }),
    });
    return contact;
  });

/** So many contacts, each with an id of its own. */
export const contactsArbitrary = (count: number): fc.Arbitrary<Contact[]> =>
  fc
    .array(fc.tuple(fc.uuid(), contactArbitrary), { minLength: count, maxLength: count })
    .map((all) => [...new Map(all.map(([id, contact]) => [id, { ...contact, id }])).values()]);

const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

/** A list that a client may ask for. */
export const listArbitrary: fc.Arbitrary<ContactList> = fc
  .record({
    by: fc.constantFrom('createdAt', 'updatedAt', 'lastName', 'match' as const),
    descending: fc.boolean(),
    includeDeleted: fc.boolean(),
    email: sometimes(fc.constantFrom(...emails, 'nobody@example.com')),
    status: sometimes(fc.constantFrom('active', 'inactive', 'lead' as const)),
    company: sometimes(fc.constantFrom(...companies, 'nowhere')),
    tag: sometimes(fc.constantFrom(...tags, 'none')),
    source: sometimes(fc.constantFrom('acmecrm', 'api' as const)),
    updatedSince: sometimes(fc.nat(span + 1).map((ms) => epoch + ms)),
    q: sometimes(fc.constantFrom(...queries)),
  })
  .map(({ by, descending, includeDeleted, ...filters }) => ({
    order: by === 'match' && filters.q === undefined ? { by: 'createdAt', descending } : { by, descending },
    includeDeleted,
    filters: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)),
  }));
