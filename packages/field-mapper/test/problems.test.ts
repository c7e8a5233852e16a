import type { AcmeRecord } from '@contact-sync/domain';
import { expect, test } from 'vitest';
import { builtInMapping, compileMapping } from '../src/index.ts';

const mapping = compileMapping(builtInMapping);

const problemsOf = (record: unknown): readonly string[] =>
  mapping
    .toContact(record as AcmeRecord)
    .problems.map(({ pointer, code, valueType }) => `${pointer} ${code} ${valueType}`)
    .sort();

test('all errors of a record are reported at once, each with pointer, code and type', () => {
  const record = {
    acme_first_name: '',
    acme_last_name: null,
    acme_phone: 5,
    acme_company: 'x'.repeat(201),
    acme_title: ['x'],
    acme_address: { street: 'x' },
    acme_notes: 'x'.repeat(2_001),
    acme_status: 'active',
    acme_tags: ['ok', 1, 'x'.repeat(51), null],
    acme_custom_fields: {
      ok: 1,
      'a/b': null,
      list: [],
      long: 'x'.repeat(2_001),
      ['n'.repeat(101)]: 1,
      '': 2,
    },
    acme_created_at: 'yesterday',
    acme_updated_at: 7,
  };
  expect(problemsOf(record)).toEqual(
    [
      '/acme_first_name REQUIRED string',
      '/acme_last_name REQUIRED null',
      '/acme_email REQUIRED missing',
      '/acme_phone WRONG_TYPE number',
      '/acme_company TOO_LONG string',
      '/acme_title WRONG_TYPE array',
      '/acme_address WRONG_TYPE object',
      '/acme_notes TOO_LONG string',
      '/acme_status NOT_IN_TABLE string',
      '/acme_tags/1 WRONG_TYPE number',
      '/acme_tags/2 TOO_LONG string',
      '/acme_tags/3 WRONG_TYPE null',
      '/acme_custom_fields/a~1b WRONG_TYPE null',
      '/acme_custom_fields/list WRONG_TYPE array',
      '/acme_custom_fields/long TOO_LONG string',
      `/acme_custom_fields/${'n'.repeat(101)} NAME_LENGTH number`,
      '/acme_custom_fields/ NAME_LENGTH number',
      '/acme_created_at INVALID_FORMAT string',
      '/acme_updated_at WRONG_TYPE number',
    ].sort(),
  );
});

test('no problem holds a value of the record', () => {
  const secret = 's3cret';
  const record = {
    acme_first_name: secret.repeat(40),
    acme_last_name: [secret],
    acme_email: `${secret} ${secret}`,
    acme_status: secret,
    acme_tags: secret,
    acme_custom_fields: { a: { b: secret } },
    acme_created_at: secret,
  };
  const { problems } = mapping.toContact(record as unknown as AcmeRecord);
  expect(problems).toHaveLength(7);
  expect(JSON.stringify(problems)).not.toContain(secret);
});

test.each([
  ['ada@example.com', []],
  ['ada', ['/acme_email INVALID_FORMAT string']],
  ['a@b@c', ['/acme_email INVALID_FORMAT string']],
  ['ada @example.com', ['/acme_email INVALID_FORMAT string']],
  [`${'x'.repeat(320)}@x`, ['/acme_email TOO_LONG string']],
  ['', ['/acme_email REQUIRED string']],
  [5, ['/acme_email WRONG_TYPE number']],
])('the e-mail address %j has the problems %j', (email, expected) => {
  const problems = problemsOf({ acme_first_name: 'a', acme_last_name: 'b', acme_email: email });
  expect(problems).toEqual(expected);
});

test.each([
  ['tags', { acme_tags: Array.from({ length: 51 }, () => 'x') }, '/acme_tags TOO_MANY array'],
  [
    'custom fields',
    { acme_custom_fields: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, 1])) },
    '/acme_custom_fields TOO_MANY object',
  ],
])('too many %s are a problem', (_what, members, expected) => {
  const record = { acme_first_name: 'a', acme_last_name: 'b', acme_email: 'a@b', ...members };
  expect(problemsOf(record)).toEqual([expected]);
});

test.each([
  [null, 'null'],
  [[], 'array'],
  ['record', 'string'],
  [5, 'number'],
  [undefined, 'missing'],
])('%j is no record', (given, valueType) => {
  expect(problemsOf(given)).toEqual([` WRONG_TYPE ${valueType}`]);
  expect(mapping.preview(given).failed).toEqual([{ pointer: '', code: 'WRONG_TYPE', valueType }]);
});

test("problems on the way back are the contact's, and their members are not sent", () => {
  const { contact } = mapping.toContact({
    id: '1',
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_version: 1,
  });
  const wrong = {
    ...contact,
    firstName: '',
    email: 'ada',
    title: 'x'.repeat(201),
    tags: ['x'.repeat(51)],
    customFields: { list: [] },
    status: 'gone',
  };
  const { record, problems } = mapping.toAcme(wrong as never, {});
  expect(problems.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
    '/customFields/list WRONG_TYPE',
    '/email INVALID_FORMAT',
    '/firstName REQUIRED',
    '/status NOT_IN_TABLE',
    '/tags/0 TOO_LONG',
    '/title TOO_LONG',
  ]);
  expect(record).toMatchObject({ acme_last_name: 'Lovelace' });
  expect(record).not.toHaveProperty('acme_first_name');
  expect(record).not.toHaveProperty('acme_title');
});

test('two times that are wrong alike are two problems', () => {
  const record = { acme_first_name: 'a', acme_last_name: 'b', acme_email: 'a@b' };
  expect(problemsOf({ ...record, acme_created_at: 'soon', acme_updated_at: 'soon' })).toEqual([
    '/acme_created_at INVALID_FORMAT string',
    '/acme_updated_at INVALID_FORMAT string',
  ]);
});
