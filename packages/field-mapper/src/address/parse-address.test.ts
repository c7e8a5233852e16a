import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../test/cpu-time.ts';
import { oddTexts } from '../../test/odd-texts.ts';
import { formatAddress } from './format-address.ts';
import { parseAddress } from './parse-address.ts';

const parts = (flat: string): readonly (string | null)[] => {
  const { street, city, state, zipCode, country } = parseAddress(flat);
  return [street, city, state, zipCode, country];
};

test.each([
  ['123 Main St, San Francisco, CA 94105, USA', ['123 Main St', 'San Francisco', 'CA', '94105', 'USA']],
  ['123 Main Street, San Francisco, CA 94105', ['123 Main Street', 'San Francisco', 'CA', '94105', null]],
  ['  1 a st ,  reno,nv  89501-1234 ,us ', ['1 a st', 'reno', 'nv', '89501-1234', 'us']],
  ['9 Elm Rd, Apt 4B, Bldg. C, Salem, OR 97301', ['9 Elm Rd, Apt 4B, Bldg. C', 'Salem', 'OR', '97301', null]],
  [
    '1 A St, New York, New York 10001, United States of America',
    ['1 A St', 'New York', 'New York', '10001', 'United States of America'],
  ],
  ['5 Oak Ave, Charleston West Virginia 25301', ['5 Oak Ave', 'Charleston', 'West Virginia', '25301', null]],
  [
    '1600 Pennsylvania Ave NW, Washington, D.C. 20500',
    ['1600 Pennsylvania Ave NW', 'Washington', 'D.C.', '20500', null],
  ],
  ['PO Box 7, Reno NV 89501', ['PO Box 7', 'Reno', 'NV', '89501', null]],
  ['1 Main St, Austin, TX, 78701 U.S.A.', ['1 Main St', 'Austin', 'TX', '78701', 'U.S.A.']],
  ['1 Main St, Austin, TX, USA', ['1 Main St', 'Austin', 'TX', null, 'USA']],
  ['1 Main St\r\nSuite 2\r\nAustin, TX 78701', ['1 Main St\r\nSuite 2', 'Austin', 'TX', '78701', null]],
  [
    '77 Park Avenue Apt 4 San Francisco CA 94105',
    ['77 Park Avenue Apt 4', 'San Francisco', 'CA', '94105', null],
  ],
  ['77 Park Ave Portland, OR 97205 USA', ['77 Park Ave', 'Portland', 'OR', '97205', 'USA']],
  ['Salt Lake City, UT 84101', [null, 'Salt Lake City', 'UT', '84101', null]],
  ["12 O'Brien-Núñez Way, Peñasco, NM 87553", ["12 O'Brien-Núñez Way", 'Peñasco', 'NM', '87553', null]],
  ['1 Rue St, Dover, DE 19901', ['1 Rue St', 'Dover', 'DE', '19901', null]],
])('%j is read in parts, as they are written', (flat, expected) => {
  expect(parts(flat)).toEqual(expected);
});

test.each([
  'Hauptstr. 5, 10115 Berlin, Deutschland',
  'Hauptstr. 5, Berlin, DE 10115',
  'Hauptstr. 5, 10115 Berlin, DE',
  'Jl. Sudirman 1, Jakarta, ID 10110',
  'Av. Hassan II 3, Casablanca, MA 20000',
  '10 Downing Street, London SW1A 2AA, United Kingdom',
  '100 Queen St W, Toronto, ON M5H 2N2, Canada',
  '5 Lake Rd, Toronto, CA',
  '1 George St, Sydney NSW 2000, Australia',
  'Rustaveli Ave 1, Tbilisi, Georgia',
  'Calle 5, Saltillo, CO 25000, Mexico',
  '〒100-0001 東京都千代田区千代田7丁目2番9号',
  'ул. Ленина, 1, Москва, 101000',
  'شارع الملك فهد، الرياض 11564',
  'One Market Plaza San Francisco, CA 94105',
  '123 Broadway New York, NY 10001',
  '123 Main St, New York 10001',
  'CA 94105',
  ', , ,',
  '',
  ...oddTexts.map(([, text]) => text),
])('%j is no US address for sure and stands whole in the street', (flat) => {
  expect(parts(flat)).toEqual([flat, null, null, null, null]);
});

const pieces = [
  '123',
  'Main',
  'St',
  'Ave',
  'San Francisco',
  'Reno',
  'CA',
  'NV',
  'New York',
  '94105',
  '89501-1234',
];
const glue = [', ', ',', ' ', '\n', '  ,', ' USA', ', USA', 'é', '👍', '\u202e'];
const addressLike = fc
  .array(fc.constantFrom(...pieces, ...glue), { maxLength: 20 })
  .map((words) => words.join(' '));

test('every part stands in the flat address as it is, and none overlaps another', () => {
  fc.assert(
    fc.property(addressLike, (flat) => {
      let from = 0;
      for (const part of parts(flat)) {
        if (part === null) continue;
        const found = flat.indexOf(part, from);
        expect(found).toBeGreaterThanOrEqual(from);
        from = found + part.length;
      }
    }),
    propertyRuns('parts are substrings', 500),
  );
});

test('the parts, written on one line, are read as the same parts', () => {
  fc.assert(
    fc.property(addressLike, (flat) => {
      const address = parseAddress(flat);
      expect(parseAddress(formatAddress(address) ?? '')).toEqual(address);
    }),
    propertyRuns('parse after format', 500),
  );
});

test('an answer belongs to its caller', () => {
  const flat = '1 Main St, Austin, TX 78701';
  parseAddress(flat).city = 'Dallas';
  expect(parseAddress(flat).city).toBe('Austin');
});

describe('hostile addresses', () => {
  const repeated = [
    ' ',
    ',',
    '\n',
    'a ',
    '1 ',
    '1-',
    'st ',
    'n st apt ',
    'CA 94105 ',
    'CA, ',
    ', USA',
    'é',
    '#',
    '.',
  ];
  const slowForTheJudge = ['  .  #  1/2', '  &  é', ' n. #1', '. south #123'];
  const endings = ['', ' CA 94105', ', CA 94105, USA', '!'];
  // Half a second, were the judge asked.
  const slowest = `1  .  #  1/2  1/2  #  .  #  1/2  .  #  .  #  #  .  #  .  #  .  #  .  .  .  .  .  #  #  1/2  .  1/2  #  1/2 CA 94105`;
  const hostile = [...repeated, ...slowForTheJudge].flatMap((unit) =>
    endings.flatMap((end) =>
      [60, 110, 500].map((length) => `1 ${unit.repeat(length)}`.slice(0, length - end.length) + end),
    ),
  );

  test('each take less than 100 ms of processor time', () => {
    parseAddress('1 Main St Reno, NV 89501');
    for (const flat of [slowest, ...hostile]) {
      const spent = cpuMs(() => parseAddress(flat));
      expect([flat, spent < 100]).toEqual([flat, true]);
    }
  });

  test('past the limit of a flat address are not looked at', () => {
    const flat = `${'1 Main St, '.repeat(200_000)}Austin, TX 78701`;
    expect(parseAddress(flat).street).toBe(flat);
  });
});
