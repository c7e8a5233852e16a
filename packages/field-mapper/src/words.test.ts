import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinInPlace, joinWords, splitWords } from './words.ts';

test('joining in place undoes every split', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', ';', '😀') });
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(' ', '; ', 'aa'),
      fc.integer({ min: 2, max: 4 }),
      (whole, separator, count) => {
        const words = splitWords(whole, separator, count);
        expect(words).toHaveLength(count);
        expect(joinInPlace(words, separator)).toBe(whole);
      },
    ),
    propertyRuns('join after split', 500),
  );
});

test.each([
  ['Ada Lovelace', ['Ada', 'Lovelace']],
  ['Mary Ann Smith', ['Mary', 'Ann Smith']],
  ['Cher', ['Cher', null]],
  ['', ['', null]],
  [' x', ['', 'x']],
])('%j splits in two as %j', (text, words) => {
  expect(splitWords(text, ' ', 2)).toEqual(words);
});

test('joining leaves no separator where a word is missing', () => {
  expect(joinWords(['Ada', null, '', 'Lovelace'], ' ')).toBe('Ada Lovelace');
  expect(joinWords([null, undefined], ' ')).toBeNull();
});

test('joining in place keeps the place of a word after a missing one', () => {
  expect(joinInPlace([null, 'Lovelace'], ' ')).toBe(' Lovelace');
  expect(joinInPlace(['Ada', null], ' ')).toBe('Ada');
  expect(joinInPlace([null, null], ' ')).toBeNull();
});
