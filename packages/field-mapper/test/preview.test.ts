import { expect, test } from 'vitest';
import { builtInMapping, compileMapping, loadMapping } from '../src/index.ts';
import { readmeExample } from './mappings.ts';

const record = {
  id: 'a-1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_phone: '(415) 555-2671',
  acme_address: '1 Main St,Austin,TX 78701',
  acme_status: 'Active',
  acme_created_at: '2024-01-01T00:00:00Z',
  acme_version: 3,
};

test('a preview of the built-in mapping tells what only the residue keeps, what fails and what is not read', () => {
  const mapping = compileMapping(builtInMapping);
  const { contact, ...told } = mapping.preview({ ...record, acme_title: 7, 'a/b': { c: 1 }, 'x~y': null });
  expect(contact).toMatchObject({ firstName: 'Ada', title: null });
  expect(told).toEqual({
    lossy: [
      { pointer: '/acme_phone', why: 'REFORMATTED' },
      { pointer: '/acme_address', why: 'REFORMATTED' },
    ],
    failed: [{ pointer: '/acme_title', code: 'WRONG_TYPE', valueType: 'number' }],
    ignored: ['/a~1b', '/x~0y'],
  });
});

test('a record that loses nothing has an empty list of losses', () => {
  const mapping = compileMapping(builtInMapping);
  const { lossy } = mapping.preview({
    ...record,
    acme_phone: '+14155552671',
    acme_address: '1 Main St, Austin, TX 78701',
    acme_tags: [],
    acme_custom_fields: { a: 1 },
  });
  expect(lossy).toEqual([]);
});

test("a preview of a deployment's mapping names the reason of each loss, and what is left of nested members", () => {
  const { lossy, failed, ignored } = loadMapping(readmeExample()).preview({
    ...record,
    acme_company: 'Northwind',
    acme_billing: { code: 'B1', day: 5 },
    acme_mobile: '+1 415 555 2672',
    acme_custom_fields: { unit: 'Sales', tier: 'B', seats: 5 },
  });
  expect(failed).toEqual([]);
  expect(ignored).toEqual(['/acme_billing/day']);
  expect(Object.fromEntries(lossy.map(({ pointer, why }) => [pointer, why]))).toEqual({
    '/acme_phone': 'REFORMATTED',
    '/acme_address': 'REFORMATTED',
    '/acme_mobile': 'REFORMATTED',
    '/acme_custom_fields/tier': 'MERGED',
    '/acme_custom_fields/seats': 'REFORMATTED',
    '/id': 'ONE_WAY',
  });
});
