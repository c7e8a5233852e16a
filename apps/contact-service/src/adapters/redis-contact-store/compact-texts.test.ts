import { emptyContactFields, type HistoryDraft, type Mirror } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { acmeContact } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { fromFieldsText, fromResidueText, toFieldsText, toResidueText } from './base-text.ts';
import { fromHistoryText, toHistoryText } from './history-text.ts';

const mapping = compileMapping(builtInMapping);

type Base = NonNullable<Mirror['base']>;

const expectsBack = ({ fields, residue }: Omit<Base, 'mappingId'>, record: Base['residue']): void => {
  expect(fromFieldsText(toFieldsText(fields))).toEqual(fields);
  expect(fromResidueText(toResidueText(residue, record), record)).toEqual(residue);
};

test('a base comes back as it was, for records of every kind', () => {
  for (let seed = 0; seed < 500; seed += 1) {
    const record = { ...acmeContact(seed), acme_mood: ['sunny', { deep: null }] };
    const { contact, residue } = mapping.toContact(record);
    expectsBack({ fields: contact, residue }, record);
  }
});

test('a base comes back as it was, also where it has little to do with the record', () => {
  const fields = { firstName: 'A', lastName: 'B', email: 'a@b', ...emptyContactFields };
  const address = { street: null, city: null, state: null, zipCode: null, country: null };
  for (const base of [
    { fields, residue: {} },
    { fields: { ...fields, address }, residue: { __proto__x: 1, toString: 'own', a: null } },
    { fields: { ...fields, phone: '' }, residue: { a: { b: [] } } },
  ]) {
    expectsBack(base, { a: 1 });
  }
});

test('a history entry comes back as it was, with and without a value that gave way', () => {
  const draft: HistoryDraft = {
    at: '2026-01-01T00:00:00.000Z',
    by: 'acmecrm',
    version: 2,
    changes: [
      { field: 'title', from: null, to: 'Countess' },
      { field: 'tags', from: ['a'], to: [], lost: ['b'] },
      { field: 'company', from: 'x', to: 'x', lost: null },
    ],
  };
  expect(fromHistoryText(toHistoryText(draft, 3))).toEqual({ ...draft, sequence: 3 });
});
