import type { AcmeRecord, ContactFields } from '@contact-sync/domain';
import { describe, expect, test } from 'vitest';
import { type CompiledMapping, loadMapping } from '../src/index.ts';

const base = {
  id: 'a-1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_version: 3,
} satisfies AcmeRecord;

const load = (pairs: readonly object[], members: readonly string[] = []): CompiledMapping =>
  loadMapping(JSON.stringify({ version: 1, members, pairs }));

const run = (mapping: CompiledMapping, members: object) => {
  const mapped = mapping.toContact({ ...base, ...members });
  const back = (edits: Partial<ContactFields> = {}) =>
    mapping.toAcme({ ...mapped.contact, ...edits }, mapped.residue);
  return { ...mapped, back };
};

const kept = { id: 'a-1', acme_version: 3 };

describe('a renamed member', () => {
  const mapping = load([{ acme: '/acme_job', contact: '/title' }], ['acme_job']);

  test('takes the place of the built-in one, which is kept aside unread', () => {
    const { contact, residue, back } = run(mapping, { acme_job: 'Countess', acme_title: 'old' });
    expect(contact.title).toBe('Countess');
    expect(residue).toEqual({ ...kept, acme_title: 'old' });
    expect(back({ title: 'Duchess' }).record).toEqual({ ...base, acme_job: 'Duchess', acme_title: 'old' });
  });

  test('goes when the field is emptied', () => {
    expect(run(mapping, { acme_job: 'Countess' }).back({ title: null }).record).toEqual(base);
  });
});

describe('a custom field for a field of ours', () => {
  const mapping = load([{ acme: '/acme_custom_fields/job', contact: '/title' }]);

  test('is that field alone, and the others pass through', () => {
    const { contact, residue, back } = run(mapping, {
      acme_custom_fields: { job: 'Countess', tier: 'gold' },
    });
    expect([contact.title, contact.customFields]).toEqual(['Countess', { tier: 'gold' }]);
    expect(residue).toEqual(kept);
    expect(back({ title: 'Duchess' }).record.acme_custom_fields).toEqual({ tier: 'gold', job: 'Duchess' });
    expect(back({ title: null }).record.acme_custom_fields).toEqual({ tier: 'gold' });
  });

  test('keeps the name from a custom field that is born here, which is a problem on the way back', () => {
    const { back } = run(mapping, { acme_custom_fields: { job: 'Countess' } });
    const { record, problems } = back({ customFields: { job: 'mine', other: 1 } });
    expect(record.acme_custom_fields).toEqual({ other: 1, job: 'Countess' });
    expect(problems).toEqual([{ pointer: '/customFields/job', code: 'NAME_TAKEN', valueType: 'string' }]);
  });

  test('has the problems of our field at its own place', () => {
    const { problems } = run(mapping, { acme_custom_fields: { job: 5 } });
    expect(problems).toEqual([
      { pointer: '/acme_custom_fields/job', code: 'WRONG_TYPE', valueType: 'number' },
    ]);
    const long = run(mapping, { acme_custom_fields: { job: 'x'.repeat(201) } });
    expect(long.problems).toEqual([
      { pointer: '/acme_custom_fields/job', code: 'TOO_LONG', valueType: 'string' },
    ]);
  });
});

describe('a field of AcmeCRM for a custom field of ours', () => {
  const mapping = load([{ acme: '/acme_title', contact: '/customFields/title' }]);

  test('stands among those that pass through', () => {
    const { contact, back } = run(mapping, { acme_title: 'Countess', acme_custom_fields: { tier: 1 } });
    expect([contact.title, contact.customFields]).toEqual([null, { tier: 1, title: 'Countess' }]);
    expect(back({ customFields: { tier: 2, title: 'Duchess' } }).record).toEqual({
      ...base,
      acme_title: 'Duchess',
      acme_custom_fields: { tier: 2 },
    });
  });

  test('shadows a custom field of that name, which is kept aside and told in a preview', () => {
    const record = { ...base, acme_title: 'Countess', acme_custom_fields: { title: 'hidden' } };
    const { contact, residue, back } = run(mapping, record);
    expect(contact.customFields).toEqual({ title: 'Countess' });
    expect(residue['acme_custom_fields']).toEqual({ title: 'hidden' });
    expect(back().record).toEqual(record);
    expect(mapping.preview(record).lossy).toEqual([
      { pointer: '/acme_custom_fields/title', why: 'SHADOWED' },
    ]);
  });

  test('counts towards their number', () => {
    const fields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 1]));
    const tooMany = [{ pointer: '/acme_custom_fields', code: 'TOO_MANY', valueType: 'object' }];
    expect(run(mapping, { acme_title: 'Countess', acme_custom_fields: fields }).problems).toEqual(tooMany);
    const more = { ...fields, more: 1 };
    expect(run(mapping, { acme_title: 'Countess', acme_custom_fields: more }).problems).toEqual(tooMany);
    expect(run(mapping, { acme_custom_fields: fields }).problems).toEqual([]);
  });
});

describe('a constant', () => {
  const mapping = load([
    { contact: '/customFields/origin', transform: { kind: 'constant', value: 'crm' } },
    { acme: '/acme_custom_fields/by', transform: { kind: 'constant', value: true } },
    { contact: '/tags', transform: { kind: 'constant', value: ['crm'] } },
  ]);

  test('is always there on its side', () => {
    const { contact, back } = run(mapping, { acme_tags: ['x'] });
    expect([contact.customFields, contact.tags]).toEqual([{ origin: 'crm' }, ['crm']]);
    expect(back({ tags: ['edited'] }).record).toEqual({
      ...base,
      acme_tags: ['x'],
      acme_custom_fields: { by: true },
    });
  });
});

describe('an enum table', () => {
  const entries = { G: 'gold', S: 'silver', AG: 'silver' };
  const pair = { acme: '/acme_custom_fields/tier', contact: '/customFields/level' };

  test('maps both ways; a text that it lacks is a problem', () => {
    const mapping = load([{ ...pair, transform: { kind: 'table', entries } }]);
    const { contact, back } = run(mapping, { acme_custom_fields: { tier: 'AG' } });
    expect(contact.customFields).toEqual({ level: 'silver' });
    expect(back().record.acme_custom_fields).toEqual({ tier: 'AG' });
    expect(back({ customFields: { level: 'gold' } }).record.acme_custom_fields).toEqual({ tier: 'G' });
    const gold = run(mapping, { acme_custom_fields: { tier: 'G' } });
    expect(gold.back({ customFields: { level: 'silver' } }).record.acme_custom_fields).toEqual({ tier: 'S' });
    expect(back({ customFields: { level: 'lead' } }).problems).toEqual([
      { pointer: '/customFields/level', code: 'NOT_IN_TABLE', valueType: 'string' },
    ]);
    expect(run(mapping, { acme_custom_fields: { tier: 'constructor' } }).problems).toEqual([
      { pointer: '/acme_custom_fields/tier', code: 'NOT_IN_TABLE', valueType: 'string' },
    ]);
  });

  test('with otherwise takes what it lacks, and keeps the original', () => {
    const mapping = load([{ ...pair, transform: { kind: 'table', entries, otherwise: 'none' } }]);
    const { contact, back } = run(mapping, { acme_custom_fields: { tier: 'X' } });
    expect(contact.customFields).toEqual({ level: 'none' });
    expect(back().record.acme_custom_fields).toEqual({ tier: 'X' });
  });
});

describe('a join', () => {
  const mapping = load([
    {
      acme: ['/acme_custom_fields/unit', '/acme_company'],
      contact: '/company',
      transform: { kind: 'join', separator: ' / ' },
    },
  ]);

  test('joins what there is, and gives back what there was while nobody edits', () => {
    const members = { acme_custom_fields: { unit: 'R / D' }, acme_company: 'Acme' };
    const { contact, back } = run(mapping, members);
    expect(contact.company).toBe('R / D / Acme');
    expect(back().record).toEqual({ ...base, ...members });
    expect(run(mapping, { acme_company: 'Acme' }).contact.company).toBe('Acme');
  });

  test('is cut again when the field was edited', () => {
    const { back } = run(mapping, { acme_custom_fields: { unit: 'R' }, acme_company: 'Acme' });
    expect(back({ company: 'Ops / Acme / West' }).record).toEqual({
      ...base,
      acme_custom_fields: { unit: 'Ops' },
      acme_company: 'Acme / West',
    });
    expect(back({ company: null }).record).toEqual(base);
  });

  test('that makes too much is a problem of its first member', () => {
    const { problems } = run(mapping, {
      acme_custom_fields: { unit: 'x'.repeat(150) },
      acme_company: 'y'.repeat(60),
    });
    expect(problems).toEqual([
      { pointer: '/acme_custom_fields/unit', code: 'TOO_LONG', valueType: 'string' },
    ]);
  });
});

describe('a split', () => {
  const mapping = load(
    [
      {
        acme: '/acme_name',
        contact: ['/firstName', '/lastName'],
        transform: { kind: 'split', separator: ' ' },
      },
    ],
    ['acme_name'],
  );

  test('fills several fields and needs no residue', () => {
    const { contact, residue, back } = run(mapping, { acme_name: 'Mary Ann Smith' });
    expect([contact.firstName, contact.lastName]).toEqual(['Mary', 'Ann Smith']);
    expect(residue).not.toHaveProperty('acme_name');
    expect(back({ lastName: 'Jones' }).record['acme_name']).toBe('Mary Jones');
  });

  test('that leaves a required field empty is a problem', () => {
    expect(run(mapping, { acme_name: 'Cher' }).problems).toEqual([
      { pointer: '/acme_name', code: 'REQUIRED', valueType: 'null' },
    ]);
  });

  test('of something else than a text is one problem a field', () => {
    const { problems } = run(mapping, { acme_name: ['x'] });
    expect(new Set(problems.map(({ pointer, code }) => `${pointer} ${code}`))).toEqual(
      new Set(['/acme_name WRONG_TYPE']),
    );
  });
});

describe('a default', () => {
  const mapping = load([
    {
      acme: '/acme_status',
      contact: '/status',
      transform: { kind: 'table', entries: { Active: 'active', Lead: 'lead' } },
      default: 'lead',
    },
  ]);

  test('stands where AcmeCRM has nothing, and does not go back by itself', () => {
    const { contact, back } = run(mapping, {});
    expect(contact.status).toBe('lead');
    expect(back().record).toEqual(base);
    expect(back({ status: 'active' }).record).toEqual({ ...base, acme_status: 'Active' });
    expect(mapping.preview(base).lossy).toEqual([{ pointer: '/acme_status', why: 'DEFAULTED' }]);
  });

  test('is told from the same value when AcmeCRM did say it', () => {
    expect(run(mapping, { acme_status: 'Lead' }).back().record).toEqual({ ...base, acme_status: 'Lead' });
  });
});

test('a default does not replace a text that is there and empty', () => {
  const mapping = load([{ acme: '/acme_title', contact: '/title', default: 'Dr' }]);
  expect(run(mapping, { acme_title: '' }).contact.title).toBe('');
  expect(run(mapping, { acme_title: null }).contact.title).toBe('Dr');
});

test('a place named like what every object has is empty where the record has none', () => {
  const mapping = load(
    [
      { acme: '/acme_custom_fields/constructor', contact: '/title' },
      { acme: '/toString', contact: '/notes', transform: { kind: 'text' } },
      { acme: '/__proto__/x', contact: '/company' },
    ],
    ['toString', '__proto__'],
  );
  const { contact, problems, back } = run(mapping, { acme_custom_fields: { a: 1 } });
  expect([contact.title, contact.notes, contact.company, problems]).toEqual([null, null, null, []]);
  expect(JSON.stringify(back({ title: 't', notes: 'n', company: 'c' }).record)).toBe(
    JSON.stringify({
      ...kept,
      acme_custom_fields: { a: 1, constructor: 't' },
      acme_first_name: 'Ada',
      acme_last_name: 'Lovelace',
      acme_email: 'ada@example.com',
      toString: 'n',
      ['__proto__']: { x: 'c' },
    }),
  );
});

describe('parts of the address', () => {
  const mapping = load(
    [
      { acme: '/acme_address', contact: '/address/street' },
      { acme: '/acme_place/city', contact: '/address/city' },
      { acme: '/acme_place/zip', contact: '/address/zipCode', transform: { kind: 'text' } },
    ],
    ['acme_place'],
  );

  test('come from several members, and go back to each', () => {
    const place = { city: 'Berlin', zip: 10115, note: { deep: true } };
    const { contact, back } = run(mapping, { acme_address: 'Hauptstr. 5', acme_place: place });
    expect(contact.address).toEqual({
      street: 'Hauptstr. 5',
      city: 'Berlin',
      state: null,
      zipCode: '10115',
      country: null,
    });
    expect(back().record).toEqual({ ...base, acme_address: 'Hauptstr. 5', acme_place: place });
    const moved = { ...(contact.address as object), city: 'Köln' } as NonNullable<ContactFields['address']>;
    expect(back({ address: moved }).record['acme_place']).toEqual({ ...place, city: 'Köln' });
    expect(place.city).toBe('Berlin');
  });

  test('that are all empty are no address', () => {
    expect(run(mapping, {}).contact.address).toBeNull();
  });
});

test('a field that only goes to AcmeCRM is not filled from it, and empties nothing there', () => {
  const mapping = load([{ acme: '/acme_notes', contact: '/notes', direction: 'toAcme' }]);
  const { contact, back } = run(mapping, { acme_notes: 'theirs' });
  expect(contact.notes).toBeNull();
  expect(back().record.acme_notes).toBe('theirs');
  expect(back({ notes: 'ours' }).record.acme_notes).toBe('ours');
});

test('a field that only comes from AcmeCRM does not go back', () => {
  const mapping = load([{ acme: '/acme_notes', contact: '/notes', direction: 'toContact' }]);
  const { contact, back } = run(mapping, { acme_notes: 'theirs' });
  expect(contact.notes).toBe('theirs');
  expect(back({ notes: 'ours' }).record.acme_notes).toBe('theirs');
  expect(mapping.preview({ ...base, acme_notes: 'theirs' }).lossy).toEqual([
    { pointer: '/acme_notes', why: 'ONE_WAY' },
  ]);
});

test('the id of AcmeCRM can be read into a custom field', () => {
  const mapping = load([{ acme: '/id', contact: '/customFields/acmeId', direction: 'toContact' }]);
  const { contact, back } = run(mapping, {});
  expect(contact.customFields).toEqual({ acmeId: 'a-1' });
  expect(back().record).toEqual(base);
});
