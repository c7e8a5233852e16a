import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, foldText } from './fold-text.ts';

const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const text = fc.string({ unit: 'grapheme', maxLength: 12 });

describe('a folded name', () => {
  it.each([
    ['dang', 'Đặng'],
    ['lukasik', 'Łukasik'],
    ['orsted', 'Ørsted'],
    ['strauss', 'Strauß'],
    ['STRAUSS', 'STRAUẞ'],
    ["O'Brien", 'O’Brien'],
    ["o'brien", 'OʼBRIEN'],
    ["'oumuamua", 'ʻOumuamua'],
    ['thor', 'Þór'],
    ['gudrun', 'Guðrún'],
    ['aeroskobing', 'Ærøskøbing'],
    ['aesop', 'ǽsop'],
    ['coeur', 'Cœur'],
    ['isil', 'IŞIL'],
    ['isil', 'ışıl'],
    ['izmir', 'İzmir'],
    ['angstrom', 'Ångström'],
    ['anne-marie', 'Anne‑Marie'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
    ['παπας', 'ΠΑΠΑΣ'],
    ['еж', 'Ёж'],
    ['ﬁona', 'Fiona'],
    ['ａｄａ', 'Ada'],
    ['ada lovelace', '  Ada \t Lovelace\u00a0'],
    ['ada', '\u202aAda\u202c\u200e'],
  ])('%s is that of %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it.each([
    ['かとう', 'がとう'],
    ['か', 'が'],
    ['ハ', 'パ'],
    ['한', '하'],
    ['कि', 'क'],
    ['בָּ', 'ב'],
    ['Müller', 'Mueller'],
    ['Li', 'Ly'],
  ])('%s is neither that of %s nor its beginning', (one, other) => {
    expect(foldName(other).startsWith(foldName(one))).toBe(false);
  });

  it('of capitals with a final sigma is found by its beginning', () => {
    expect(foldName('ΠΑΠΑΣΙΔΗΣ').startsWith(foldName('παπας'))).toBe(true);
  });
});

describe('a folded value', () => {
  it.each([
    [' Ada@Example.com ', 'ada@example.com'],
    ['ada@example.com\u200e', 'ada@example.com'],
    ['STRASSE', 'Straße'],
    ['ΣΟΦΟΣ', 'σοφος'],
    ['O’Brien  &  Co', "o'brien & co"],
    ['Cafe\u0301', 'CAFÉ'],
  ])('%j is that of %j', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it.each([
    ['Café', 'Cafe'],
    ['Ørsted', 'Orsted'],
    ['か', 'が'],
  ])('%s is not that of %s', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other));
  });
});

describe.each([
  ['foldName', foldName],
  ['foldText', foldText],
])(`%s (PROPERTY_SEED=${seed})`, (_, fold) => {
  it('folds what is folded to itself, however it was composed', () => {
    fc.assert(
      fc.property(text, (some) => {
        expect(fold(fold(some))).toBe(fold(some));
        expect(fold(some.normalize('NFD'))).toBe(fold(some.normalize('NFC')));
      }),
      { seed },
    );
  });

  it('gives text that an index can keep', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (some) => {
        expect(fold(some).isWellFormed()).toBe(true);
        expect(fold(some)).not.toContain('\u0000');
      }),
      { seed },
    );
  });

  it('takes what is plain for the same by its short way', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    fc.assert(
      fc.property(ascii, (some) => {
        expect(fold(`${some}ä`)).toBe(`${fold(`${some}.`).slice(0, -1)}${fold('ä')}`);
      }),
      { seed },
    );
  });
});
