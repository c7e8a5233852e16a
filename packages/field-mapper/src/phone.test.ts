import { describe, expect, test } from 'vitest';
import { oddTexts } from '../test/odd-texts.ts';
import { toE164, toPhone } from './phone.ts';

test.each([
  ['(415) 555-2671', 'US', '+14155552671'],
  ['+1 415 555 2671', 'DE', '+14155552671'],
  ['1-415-555-2671', 'US', '+14155552671'],
  ['415.555.2671', 'US', '+14155552671'],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['+49 (0)89 99998123', 'US', '+498999998123'],
  ['٤١٥٥٥٥٢٦٧١', 'US', '+14155552671'],
  ['４１５５５５２６７１', 'US', '+14155552671'],
  ['\u202a+1 415 555 2671\u202c', 'DE', '+14155552671'],
  ['+1-415-555-2671\u200e', 'DE', '+14155552671'],
  ['+1\u2011415\u200e-555-2671', 'DE', '+14155552671'],
  ['tel:+1-415-555-2671', 'DE', '+14155552671'],
  [' TEL:415-555-2671', 'US', '+14155552671'],
])('%j in %s is %s', (text, country, expected) => {
  expect(toE164(text, country)).toBe(expected);
  expect(toE164(text, country)).toBe(expected);
});

test.each([
  ['12', 'too short'],
  ['555-2671', 'no area code'],
  ['(555) 123-4567', 'an area that does not exist'],
  ['020 7946 0958', 'of another country'],
  ['415-555-2671 ext. 9', 'an extension, which E.164 cannot hold'],
  ['call 415-555-2671 after five', 'words around it'],
  ['415-555-2671 / 415-555-2672', 'two numbers'],
  ['', 'nothing'],
  ['1'.repeat(500), 'far too long'],
])('%j is no number for E.164: %s', (text) => {
  expect(toE164(text, 'US')).toBeNull();
  expect(toE164(text, 'US')).toBeNull();
});

describe('odd input', () => {
  test.each(oddTexts)('is no number: %s', (_what, text) => {
    expect(toE164(text, 'US')).toBeNull();
  });

  test('a country without phones makes national numbers unreadable, and no error', () => {
    expect(toE164('415-555-2671', 'XX')).toBeNull();
    expect(toE164('+14155552671', '__proto__')).toBe('+14155552671');
  });
});

test('more numbers than are remembered are all still right', () => {
  const numbers = Array.from({ length: 3_000 }, (_, index) => `+1415555${String(2_000 + index)}`);
  for (const number of [...numbers, ...numbers.slice(0, 50)]) expect(toE164(number, 'US')).toBe(number);
});

test.each([
  ['(415) 555-2671', '+14155552671'],
  ['\u202a+1 415 555 2671\u202c', '+14155552671'],
  ['415-555-2671 ext. 9', '415-555-2671 ext. 9'],
  ['reception', 'reception'],
  [' ', ' '],
])('%j is kept as %j', (text, kept) => {
  expect(toPhone(text, 'US')).toBe(kept);
});
