import type { AcmeRecord } from '@contact-sync/domain';
import { describe, expect, test } from 'vitest';
import { builtInMapping, compileMapping } from '../src/index.ts';
import { oddTexts } from './odd-texts.ts';
import { expectSame } from './record-views.ts';

const mapping = compileMapping(builtInMapping);

const base: AcmeRecord = {
  id: 'a-1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_version: 3,
};

const empty = {
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

test('a full record becomes a contact, and what the contact cannot hold a residue', () => {
  const record: AcmeRecord = {
    ...base,
    acme_phone: '(415) 555-2671',
    acme_company: 'Analytical Engines',
    acme_title: 'Countess',
    acme_address: '123 Main St, San Francisco, CA 94105, USA',
    acme_notes: 'first\r\nprogrammer',
    acme_status: 'Active',
    acme_tags: ['vip', 'vip', ''],
    acme_custom_fields: { tier: 'gold', score: 0, live: false },
    acme_created_at: '2024-01-01T00:00:00Z',
    acme_updated_at: '2024-02-01T00:00:00+02:00',
    favourite: { colours: ['red', null] },
  };
  expect(mapping.toContact(record)).toEqual({
    contact: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com',
      phone: '+14155552671',
      company: 'Analytical Engines',
      title: 'Countess',
      notes: 'first\r\nprogrammer',
      address: {
        street: '123 Main St',
        city: 'San Francisco',
        state: 'CA',
        zipCode: '94105',
        country: 'USA',
      },
      status: 'active',
      tags: ['vip', 'vip', ''],
      customFields: { tier: 'gold', score: 0, live: false },
    },
    createdAt: '2024-01-01T00:00:00Z',
    residue: {
      id: 'a-1',
      acme_version: 3,
      acme_phone: '(415) 555-2671',
      acme_address: '123 Main St, San Francisco, CA 94105, USA',
      acme_created_at: '2024-01-01T00:00:00Z',
      acme_updated_at: '2024-02-01T00:00:00+02:00',
      favourite: { colours: ['red', null] },
    },
    problems: [],
  });
});

test.each([
  ['missing', {}],
  [
    'null',
    {
      acme_phone: null,
      acme_company: null,
      acme_title: null,
      acme_address: null,
      acme_notes: null,
      acme_status: null,
      acme_tags: null,
      acme_custom_fields: null,
      acme_created_at: null,
      acme_updated_at: null,
    },
  ],
])('optional members that are %s are empty fields, and leave no residue', (_how, members) => {
  expect(mapping.toContact({ ...base, ...members })).toEqual({
    contact: empty,
    createdAt: null,
    residue: { id: 'a-1', acme_version: 3 },
    problems: [],
  });
});

test('an absent status stays null, the three others change case', () => {
  const statusOf = (status: 'Active' | 'Inactive' | 'Lead') =>
    mapping.toContact({ ...base, acme_status: status }).contact.status;
  expect([statusOf('Active'), statusOf('Inactive'), statusOf('Lead')]).toEqual([
    'active',
    'inactive',
    'lead',
  ]);
});

describe.each(oddTexts)('%s', (_what, text) => {
  const record: AcmeRecord = {
    ...base,
    acme_first_name: text,
    acme_last_name: text,
    acme_phone: text,
    acme_company: text,
    acme_title: text,
    acme_address: text,
    acme_notes: text,
    acme_tags: [text, text],
    acme_custom_fields: JSON.parse(JSON.stringify({ x: text })),
    ...Object.fromEntries([[text, { [text]: [text] }]]),
  };

  test('is kept to the letter in every field and comes back', () => {
    const { contact, residue, problems } = mapping.toContact(record);
    expectSame(problems, []);
    expectSame(contact, {
      ...empty,
      firstName: text,
      lastName: text,
      phone: text,
      company: text,
      title: text,
      notes: text,
      address: { street: text, city: null, state: null, zipCode: null, country: null },
      tags: [text, text],
      customFields: { x: text },
    });
    expectSame({ ...mapping.toAcme(contact, residue).record }, { ...record });
  });
});

test('custom fields may be called as anything, and pass through', () => {
  const fields = JSON.parse('{"__proto__":"a","constructor":1,"toString":true,"a/b~c":"","9":0.5}');
  const { contact, residue, problems } = mapping.toContact({ ...base, acme_custom_fields: fields });
  expectSame(problems, []);
  expectSame(Object.entries(contact.customFields).sort(), Object.entries(fields).sort());
  expectSame(mapping.toAcme(contact, residue).record.acme_custom_fields, fields);
});

test('an empty list, object or text is not mistaken for a missing one', () => {
  const record = {
    ...base,
    acme_tags: [],
    acme_custom_fields: {},
    acme_company: '',
    acme_address: '',
    acme_phone: '',
  };
  const { contact, residue } = mapping.toContact(record);
  expect(mapping.toAcme(contact, residue).record).toEqual(record);
});

test('texts exactly at their limits pass, in characters and not in halves of them', () => {
  const record = {
    ...base,
    acme_first_name: '😀'.repeat(100),
    acme_notes: '😀'.repeat(2_000),
    acme_address: '😀'.repeat(500),
    acme_tags: Array.from({ length: 50 }, () => '😀'.repeat(50)),
    acme_custom_fields: Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`${index}`, '😀'.repeat(2_000)]),
    ),
  };
  expect(mapping.toContact(record).problems).toEqual([]);
});

test('the results are lists and objects of their own', () => {
  const record = { ...base, acme_tags: ['a'], acme_custom_fields: { a: 1 } };
  const { contact, residue } = mapping.toContact(record);
  contact.tags.push('b');
  contact.customFields['b'] = 2;
  const { record: back } = mapping.toAcme(contact, residue);
  back.acme_tags?.push('c');
  expect(record.acme_tags).toEqual(['a']);
  expect(record.acme_custom_fields).toEqual({ a: 1 });
  expect(contact.tags).toEqual(['a', 'b']);
});
