import type { AcmeRecord, ContactFields } from '@contact-sync/domain';
import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInMapping, compileMapping } from '../src/index.ts';
import { acmeRecord } from './acme-arbitraries.ts';
import { canonical, expectSame } from './record-views.ts';

const mapping = compileMapping(builtInMapping);

const base = {
  id: 'a-1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_version: 3,
} satisfies AcmeRecord;

const fields: readonly (readonly [keyof ContactFields, string])[] = [
  ['firstName', 'acme_first_name'],
  ['lastName', 'acme_last_name'],
  ['email', 'acme_email'],
  ['phone', 'acme_phone'],
  ['company', 'acme_company'],
  ['title', 'acme_title'],
  ['notes', 'acme_notes'],
  ['address', 'acme_address'],
  ['status', 'acme_status'],
  ['tags', 'acme_tags'],
  ['customFields', 'acme_custom_fields'],
];

const nothingLossless = compileMapping({
  pairs: builtInMapping.pairs.map((pair) => ({ ...pair, lossless: false })),
});

test.each([
  ['the built-in mapping', mapping],
  ['a mapping that declares nothing lossless', nothingLossless],
])(
  'with %s, a field taken from another record changes its own member alone',
  (name, { toContact, toAcme }) => {
    fc.assert(
      fc.property(acmeRecord, acmeRecord, fc.constantFrom(...fields), (one, other, [field, member]) => {
        const { contact, residue } = toContact(one);
        const edited = { ...contact, [field]: toContact(other).contact[field] };
        const { record, problems } = toAcme(edited, residue);
        const { [member]: _changed, ...rest } = canonical(record);
        const { [member]: _before, ...restBefore } = canonical(one);
        expectSame(problems, []);
        expectSame(rest, restBefore);
        expectSame(toContact(record as AcmeRecord).contact, edited);
      }),
      propertyRuns(`${name}: an edit stays where it is, and arrives`, 500),
    );
  },
);

test('contact to record to contact is the identity, with the residue of whatever record came before', () => {
  fc.assert(
    fc.property(acmeRecord, acmeRecord, (one, earlier) => {
      const { contact } = mapping.toContact(one);
      const { record } = mapping.toAcme(contact, mapping.toContact(earlier).residue);
      expectSame(mapping.toContact(record as AcmeRecord).contact, contact);
    }),
    propertyRuns('contact identity', 500),
  );
});

describe('the flat address', () => {
  const flat = '123  Main St,San Francisco , CA 94105, USA';
  const { contact, residue } = mapping.toContact({ ...base, acme_address: flat });

  test('comes back as it was written while no part changed', () => {
    const edited = { ...contact, title: 'Countess', address: { ...contact.address } };
    expect(mapping.toAcme(edited as ContactFields, residue).record.acme_address).toBe(flat);
  });

  test('is written anew when a part changed', () => {
    const address = { ...(contact.address as object), city: 'Oakland', zipCode: '94607' };
    const { record } = mapping.toAcme({ ...contact, address } as ContactFields, residue);
    expect(record.acme_address).toBe('123  Main St, Oakland, CA 94607, USA');
  });

  test('goes when the contact has none', () => {
    expect(mapping.toAcme({ ...contact, address: null }, residue).record).not.toHaveProperty('acme_address');
  });

  test('is a problem of the address, and not sent, when its parts make it too long', () => {
    const address = {
      street: 'x'.repeat(400),
      city: 'y'.repeat(400),
      state: null,
      zipCode: null,
      country: null,
    };
    const { record, problems } = mapping.toAcme({ ...contact, address }, {});
    expect(problems).toEqual([{ pointer: '/address', code: 'TOO_LONG', valueType: 'string' }]);
    expect(record).not.toHaveProperty('acme_address');
  });
});

describe('the phone', () => {
  const { contact, residue } = mapping.toContact({ ...base, acme_phone: '(415) 555-2671' });

  test('comes back as it was written while it was not edited', () => {
    expect(contact.phone).toBe('+14155552671');
    expect(mapping.toAcme(contact, residue).record.acme_phone).toBe('(415) 555-2671');
  });

  test('goes as the contact has it when it was edited', () => {
    const { record } = mapping.toAcme({ ...contact, phone: '+442079460958' }, residue);
    expect(record.acme_phone).toBe('+442079460958');
  });
});

describe('times', () => {
  const times = { createdAt: '2030-01-01T00:00:00Z', updatedAt: '2031-01-01T00:00:00Z' };

  test("are AcmeCRM's own where it has given them", () => {
    const given = { ...base, acme_created_at: '2020-02-29T12:00:00+02:00' };
    const { contact, residue } = mapping.toContact(given);
    const { record } = mapping.toAcme({ ...contact, ...times }, residue);
    expect(record.acme_created_at).toBe('2020-02-29T12:00:00+02:00');
    expect(record.acme_updated_at).toBe(times.updatedAt);
  });

  test('are not invented for a contact that has none', () => {
    const { contact, residue } = mapping.toContact(base);
    expect(mapping.toAcme(contact, residue).record).toEqual(base);
  });
});

test('a contact born here makes a record of its fields alone', () => {
  const { contact } = mapping.toContact(base);
  expect(mapping.toAcme({ ...contact, tags: ['vip'], status: 'lead' }, {})).toEqual({
    record: {
      acme_first_name: 'Ada',
      acme_last_name: 'Lovelace',
      acme_email: 'ada@example.com',
      acme_status: 'Lead',
      acme_tags: ['vip'],
    },
    problems: [],
  });
});

test('a residue of an earlier mapping gives up what this mapping takes from the contact', () => {
  const { contact } = mapping.toContact({ ...base, acme_title: 'Countess' });
  const stale = {
    acme_title: 'Duchess',
    acme_company: 'Gone',
    acme_custom_fields: { old: 1 },
    acme_tags: ['old'],
  };
  expect(mapping.toAcme(contact, stale).record).toEqual({
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_title: 'Countess',
  });
});
