import { expect, test } from 'vitest';
import { compileMapping, loadMapping } from './compile-mapping.ts';
import { builtInMapping } from './definition/built-in-mapping.ts';
import { InvalidMapping } from './definition/definition-fault.ts';

const file = (pairs: readonly object[]): string => JSON.stringify({ version: 1, pairs });
const title = { acme: '/acme_custom_fields/job', contact: '/title' };
const owned = { acme: '/acme_notes', contact: '/notes', owner: 'integration' };

test('a mapping keeps its id for ever: history records it', () => {
  expect(compileMapping(builtInMapping).id).toBe('3bf73c69208e12ed4ddf04b73cf2e66d');
});

test('the id is the same for the same mapping, however its pairs are ordered or described', () => {
  const one = loadMapping(file([title, { ...owned, description: 'ours', direction: 'both' }]));
  const other = loadMapping(file([{ ...owned, transform: { kind: 'copy' }, lossless: true }, title]));
  expect(one.id).toBe(other.id);
  expect(one.definition).toEqual(other.definition);
  expect(loadMapping(file([])).id).toBe(compileMapping(builtInMapping).id);
});

test('the id is another for another pair, owner or default country', () => {
  const ids = [
    compileMapping(builtInMapping).id,
    compileMapping(builtInMapping, { defaultCountry: 'DE' }).id,
    loadMapping(file([title])).id,
    loadMapping(file([owned])).id,
    loadMapping(file([{ ...owned, owner: 'acmecrm', lossless: false }])).id,
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('the definition is plain JSON that compiles to the same mapping', () => {
  const mapping = loadMapping(file([title, owned]), { defaultCountry: 'GB' });
  const stored = JSON.parse(JSON.stringify(mapping.definition));
  expect(stored).toEqual(mapping.definition);
  expect(compileMapping(stored, { defaultCountry: 'GB' }).id).toBe(mapping.id);
});

test('national numbers are read as of the default country, the United States without one', () => {
  const record = { id: '1', acme_first_name: 'a', acme_last_name: 'b', acme_email: 'a@b', acme_version: 1 };
  const phone = (text: string, options = {}) =>
    compileMapping(builtInMapping, options).toContact({ ...record, acme_phone: text }).contact.phone;
  expect(phone('(415) 555-2671')).toBe('+14155552671');
  expect(phone('020 7946 0958')).toBe('020 7946 0958');
  expect(phone('020 7946 0958', { defaultCountry: 'GB' })).toBe('+442079460958');
});

test('the owner is asked for a field, and for custom fields by their name', () => {
  const { ownerOf } = loadMapping(
    file([
      owned,
      { acme: '/acme_custom_fields/tier', contact: '/customFields/level', owner: 'integration' },
      { acme: '/acme_custom_fields', contact: '/customFields' },
    ]),
  );
  expect(ownerOf('notes')).toBe('integration');
  expect(ownerOf('title')).toBe('acmecrm');
  expect(ownerOf('customFields', 'level')).toBe('integration');
  expect(ownerOf('customFields', 'other')).toBe('acmecrm');
  expect(ownerOf('customFields', 'constructor')).toBe('acmecrm');
  expect(ownerOf('customFields')).toBe('acmecrm');
});

test('parts of the address have the owner of the address', () => {
  const { ownerOf } = loadMapping(
    file([{ acme: '/acme_address', contact: '/address/street', owner: 'integration' }]),
  );
  expect(ownerOf('address')).toBe('integration');
});

test('a mapping that cannot be hashed is refused', () => {
  const text =
    '{"version":1,"pairs":[{"contact":"/title","transform":{"kind":"constant","value":"\\ud800"}}]}';
  expect(() => loadMapping(text)).toThrow(InvalidMapping);
});

test('a definition that code has put together is judged like a file', () => {
  const pairs = builtInMapping.pairs.filter(({ contact }) => contact[0] !== '/email');
  expect(() => compileMapping({ pairs })).toThrow(/REQUIRED_UNMAPPED/);
});
