import { describe, expect, test } from 'vitest';
import { readmeExample } from '../../test/mappings.ts';
import { type DefinitionFault, InvalidMapping } from './definition-fault.ts';
import { loadDefinition } from './load-definition.ts';

const faultsOf = (text: string, country = 'US'): readonly string[] => {
  try {
    loadDefinition(text, country);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidMapping);
    const { faults, message } = error as InvalidMapping;
    for (const { pointer, code, detail } of faults) {
      expect(message).toContain(`${pointer || '(whole)'}: ${code}: ${detail}`);
      expect(detail).not.toBe('');
    }
    return faults.map(({ pointer, code }: DefinitionFault) => `${pointer} ${code}`).sort();
  }
};

const withPairs = (pairs: readonly unknown[], members: readonly string[] = []): string =>
  JSON.stringify({ version: 1, members, pairs });

const ofPair = (pair: unknown, members: readonly string[] = []): readonly string[] =>
  faultsOf(withPairs([pair], members)).map((fault) => fault.replace('/pairs/0', ''));

test("the README's example and an empty file have no faults", () => {
  expect(faultsOf(readmeExample())).toEqual([]);
  expect(faultsOf(withPairs([]))).toEqual([]);
});

test('every fault of a file is told at once, each at its place', () => {
  const text = JSON.stringify({
    version: 2,
    extra: true,
    members: ['acme_mobile', 7],
    pairs: [
      { acme: '/acme_titel', contact: '/title' },
      { acme: '/acme_mobile', contact: '/fone', colour: 'red' },
      { contact: '/status', transform: { kind: 'constant', value: 'foo' } },
      { acme: ['/acme_title', '/nope'], contact: '/company', transform: { kind: 'join', separator: '' } },
      {
        acme: ['/acme_title', '/nope'],
        contact: '/company',
        transform: { kind: 'join', separator: ' ', glue: '' },
      },
      { acme: ['/acme_title', '/nope'], contact: '/company', transform: { kind: 'join', separator: ' ' } },
      { acme: '/acme_notes', contact: '/notes', transform: { kind: 'script', code: '1' } },
      'pair',
      {
        acme: '/acme_company',
        contact: '/company',
        direction: 'up',
        owner: 'me',
        lossless: 'yes',
        default: null,
      },
    ],
  });
  expect(faultsOf(text, 'XX')).toEqual(
    [
      ' UNKNOWN_COUNTRY',
      '/version INVALID_SHAPE',
      '/extra UNKNOWN_KEY',
      '/members/1 INVALID_SHAPE',
      '/pairs/0/acme UNKNOWN_ACME_FIELD',
      '/pairs/1/colour UNKNOWN_KEY',
      '/pairs/2/transform/value WRONG_VALUE',
      '/pairs/3/transform/separator INVALID_SHAPE',
      '/pairs/4/transform/glue UNKNOWN_KEY',
      '/pairs/5/acme/1 UNKNOWN_ACME_FIELD',
      '/pairs/6/transform/kind INVALID_SHAPE',
      '/pairs/7 INVALID_SHAPE',
      '/pairs/8/default INVALID_SHAPE',
      '/pairs/8/direction INVALID_SHAPE',
      '/pairs/8/lossless INVALID_SHAPE',
      '/pairs/8/owner INVALID_SHAPE',
    ].sort(),
  );
});

test('a hundred faults are a hundred', () => {
  const members = Array.from({ length: 100 }, (_, index) => index);
  expect(faultsOf(JSON.stringify({ version: 1, members, pairs: [] }))).toHaveLength(100);
});

test.each([
  ['', ' INVALID_JSON'],
  ['{"version":1,', ' INVALID_JSON'],
  ['// no JSON\n{}', ' INVALID_JSON'],
  ['null', ' INVALID_SHAPE'],
  ['[]', ' INVALID_SHAPE'],
  ['"x"', ' INVALID_SHAPE'],
])('%j is no mapping', (text, expected) => {
  expect(faultsOf(text)).toContain(expected);
});

test('a number without end is told where it stands', () => {
  const text = withPairs([{ contact: '/customFields/n', transform: { kind: 'constant', value: 7 } }]);
  expect(faultsOf(text)).toEqual([]);
  expect(faultsOf(text.replace('7', '1e999'))).toEqual(['/pairs/0/transform/value INVALID_SHAPE']);
});

test('a fault in a union tells what is allowed', () => {
  expect(() => loadDefinition(withPairs([{ acme: '/a', contact: '/title', direction: 'up' }]), 'US')).toThrow(
    '/pairs/0/direction: INVALID_SHAPE: must be one of "both", "toContact", "toAcme"',
  );
});

test('the text of a broken file is not repeated', () => {
  expect(() => loadDefinition('{"version": s3cret}', 'US')).toThrow(/line 1, column 13/);
  expect(() => loadDefinition('{"version": s3cret}', 'US')).not.toThrow(/s3cret/);
});

const custom = '/acme_custom_fields/x';

describe('one pair', () => {
  test.each([
    [
      'a path of three steps',
      { acme: '/acme_custom_fields/a/b', contact: '/title' },
      '/acme INVALID_POINTER',
    ],
    ['a path with a wrong escape', { acme: '/a~2', contact: '/title' }, '/acme INVALID_POINTER'],
    ['a path without a slash', { acme: 'acme_title', contact: '/title' }, '/acme INVALID_POINTER'],
    ['a step into a text', { acme: '/acme_title/x', contact: '/title' }, '/acme UNKNOWN_ACME_FIELD'],
    ['an unknown field', { acme: custom, contact: '/nickname' }, '/contact UNKNOWN_CONTACT_FIELD'],
    [
      'an unknown part of the address',
      { acme: custom, contact: '/address/planet' },
      '/contact UNKNOWN_CONTACT_FIELD',
    ],
    ['a step into a list', { acme: custom, contact: '/tags/0' }, '/contact UNKNOWN_CONTACT_FIELD'],
    ['our own id', { acme: custom, contact: '/id' }, '/contact UNKNOWN_CONTACT_FIELD'],
    ["AcmeCRM's version, written", { acme: '/acme_version', contact: '/customFields/v' }, '/acme READ_ONLY'],
    ['no contact path', { acme: custom }, ' WRONG_NUMBER_OF_FIELDS'],
    ['a copy of two', { acme: [custom, '/acme_title'], contact: '/title' }, ' WRONG_NUMBER_OF_FIELDS'],
    [
      'a join of one',
      { acme: custom, contact: '/title', transform: { kind: 'join', separator: ' ' } },
      ' WRONG_NUMBER_OF_FIELDS',
    ],
    [
      'a split into one',
      { acme: custom, contact: '/title', transform: { kind: 'split', separator: ' ' } },
      ' WRONG_NUMBER_OF_FIELDS',
    ],
    [
      'a constant on both sides',
      { acme: custom, contact: '/title', transform: { kind: 'constant', value: 'x' } },
      ' WRONG_NUMBER_OF_FIELDS',
    ],
    [
      'the same path twice',
      { acme: [custom, custom], contact: '/title', transform: { kind: 'join', separator: ' ' } },
      '/acme/1 DUPLICATE_TARGET',
    ],
    [
      'a time with a zone in brackets, which RFC 3339 does not know',
      {
        acme: '/acme_created_at',
        transform: { kind: 'constant', value: '2024-05-01T10:00:00Z[Europe/Berlin]' },
      },
      '/transform/value WRONG_VALUE',
    ],
    [
      'a constant that runs the other way',
      { contact: '/title', direction: 'toAcme', transform: { kind: 'constant', value: 'x' } },
      '/direction WRONG_DIRECTION',
    ],
    ['a list copied to a text', { acme: '/acme_tags', contact: '/title' }, '/transform WRONG_TRANSFORM'],
    [
      'a text copied to the address',
      { acme: '/acme_address', contact: '/address' },
      '/transform WRONG_TRANSFORM',
    ],
    [
      'a custom field copied to all of them',
      { acme: custom, contact: '/customFields' },
      '/transform WRONG_TRANSFORM',
    ],
    [
      'an address into a text',
      { acme: custom, contact: '/title', transform: { kind: 'address' } },
      '/transform WRONG_TRANSFORM',
    ],
    [
      'a date into a text',
      { acme: custom, contact: '/title', transform: { kind: 'date' } },
      '/transform WRONG_TRANSFORM',
    ],
    ['a default of the wrong type', { acme: custom, contact: '/title', default: 5 }, '/default WRONG_VALUE'],
    [
      'a default that is too long',
      { acme: custom, contact: '/title', default: 'x'.repeat(201) },
      '/default WRONG_VALUE',
    ],
    [
      'a default that the field refuses',
      { acme: custom, contact: '/status', default: 'gone' },
      '/default WRONG_VALUE',
    ],
    [
      'a default of a time',
      { acme: custom, contact: '/createdAt', transform: { kind: 'date' }, default: '2024-01-01T00:00:00Z' },
      '/default WRONG_VALUE',
    ],
    [
      'a default on the way back',
      { acme: custom, contact: '/title', direction: 'toAcme', default: 'x' },
      '/default WRONG_VALUE',
    ],
    [
      'a constant that the field refuses',
      { acme: '/acme_status', transform: { kind: 'constant', value: 'Gone' } },
      '/transform/value WRONG_VALUE',
    ],
    [
      'an empty table',
      { acme: custom, contact: '/status', transform: { kind: 'table', entries: {} } },
      '/transform/entries INVALID_SHAPE',
    ],
    [
      'a table to what the field refuses',
      { acme: custom, contact: '/status', transform: { kind: 'table', entries: { 'a/b': 'gone' } } },
      '/transform/entries/a~1b WRONG_VALUE',
    ],
    [
      'a table from what AcmeCRM refuses',
      { acme: '/acme_status', contact: '/status', transform: { kind: 'table', entries: { Gone: 'lead' } } },
      '/transform/entries/Gone WRONG_VALUE',
    ],
    [
      'a table otherwise to what the field refuses',
      {
        acme: custom,
        contact: '/status',
        transform: { kind: 'table', entries: { a: 'lead' }, otherwise: 'x' },
      },
      '/transform/otherwise WRONG_VALUE',
    ],
    [
      'a lossless table that maps two to one',
      {
        acme: custom,
        contact: '/title',
        lossless: true,
        transform: { kind: 'table', entries: { a: 'x', b: 'x' } },
      },
      '/lossless NOT_LOSSLESS',
    ],
    [
      'a lossless table with otherwise',
      {
        acme: custom,
        contact: '/title',
        lossless: true,
        transform: { kind: 'table', entries: { a: 'x' }, otherwise: 'y' },
      },
      '/lossless NOT_LOSSLESS',
    ],
    [
      'a lossless join',
      {
        acme: [custom, '/acme_title'],
        contact: '/title',
        lossless: true,
        transform: { kind: 'join', separator: ' ' },
      },
      '/lossless NOT_LOSSLESS',
    ],
    [
      'a lossless phone',
      { acme: custom, contact: '/phone', lossless: true, transform: { kind: 'phone' } },
      '/lossless NOT_LOSSLESS',
    ],
    [
      'a lossless default',
      { acme: custom, contact: '/title', lossless: true, default: 'x' },
      '/lossless NOT_LOSSLESS',
    ],
    [
      'a lossless one-way pair',
      { acme: custom, contact: '/title', lossless: true, direction: 'toContact' },
      '/lossless NOT_LOSSLESS',
    ],
  ])('%s is a fault', (_what, pair, expected) => {
    expect(ofPair(pair)).toEqual([expected]);
  });

  test('may name a member that the file declares, and a step into it', () => {
    expect(ofPair({ acme: '/acme_mobile', contact: '/phone' })).toEqual(['/acme UNKNOWN_ACME_FIELD']);
    expect(ofPair({ acme: '/acme_mobile', contact: '/phone' }, ['acme_mobile'])).toEqual([]);
    expect(ofPair({ acme: '/acme_mobile/work', contact: '/phone' }, ['acme_mobile'])).toEqual([]);
  });

  test('cannot make a documented member something else by declaring it', () => {
    expect(ofPair({ acme: '/acme_tags', contact: '/title' }, ['acme_tags'])).toEqual([
      '/transform WRONG_TRANSFORM',
    ]);
  });
});

describe('pairs together', () => {
  test.each([
    [
      'one contact field',
      [
        { acme: custom, contact: '/title' },
        { acme: '/acme_notes', contact: '/title' },
      ],
      ['/pairs/1/contact DUPLICATE_TARGET'],
    ],
    [
      'one member of AcmeCRM',
      [
        { acme: custom, contact: '/title' },
        { acme: custom, contact: '/notes' },
      ],
      ['/pairs/1/acme DUPLICATE_TARGET'],
    ],
    [
      'the address and a part of it',
      [
        { acme: '/acme_address', contact: '/address', transform: { kind: 'address' } },
        { acme: custom, contact: '/address/city' },
      ],
      ['/pairs/1/contact DUPLICATE_TARGET'],
    ],
    [
      'one field of several',
      [
        { acme: custom, contact: ['/title', '/notes'], transform: { kind: 'split', separator: ' ' } },
        { acme: '/acme_notes', contact: '/notes' },
      ],
      ['/pairs/1/contact DUPLICATE_TARGET'],
    ],
  ])('that write %s twice are a fault', (_what, pairs, expected) => {
    expect(faultsOf(withPairs(pairs))).toEqual(expected);
  });

  test('may read one member for two fields when only one goes back', () => {
    const pairs = [{ acme: '/acme_title', contact: '/customFields/title', direction: 'toContact' }];
    expect(faultsOf(withPairs(pairs))).toEqual([]);
  });

  test('that leave a required field without a source are a fault', () => {
    expect(faultsOf(withPairs([{ acme: '/acme_email', contact: '/customFields/mail' }]))).toEqual([
      '/pairs REQUIRED_UNMAPPED',
    ]);
  });

  test('that give parts of the address different owners are a fault', () => {
    const pairs = [
      { acme: '/acme_address', contact: '/address/street' },
      { acme: custom, contact: '/address/city', owner: 'integration' },
    ];
    expect(faultsOf(withPairs(pairs))).toEqual(['/pairs/1/owner MIXED_OWNERS']);
  });
});
