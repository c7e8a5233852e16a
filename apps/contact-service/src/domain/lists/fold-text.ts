/** Rises with every change of what these functions give: indexes of another one's entries are not read (ADR 26). */
export const foldVersion = 2;

// Texts that need neither composition nor any table: most, for which lower case is all.
const isPlain = (text: string): boolean => /^[\x21-\x5f\x61-\x7e]+(?: [\x21-\x5f\x61-\x7e]+)*$/.test(text);

/** What stands for an apostrophe, a hyphen or a blank where a keyboard has no other; the first is the one that is kept. */
const spellings: readonly [kept: string, others: RegExp][] = [
  ["'", /[\u0060\u00b4\u02b9\u02bb-\u02bf\u02c8\u2018\u2019\u201b\u2032\uff07]/g],
  ['-', /[\u2010-\u2015\u2212\ufe63\uff0d]/g],
  [' ', /[\s\p{Cc}]+/gu],
];

/** One spelling of what looks alike; control characters of formats (directions, joiners) are none of a name. */
const spelledPlainly = (text: string): string =>
  spellings.reduce((spelled, [kept, others]) => spelled.replace(others, kept), text.replace(/\p{Cf}/gu, ''));

/** Unicode's full case folding, as far as lower case is not that. */
const foldCase = (text: string): string => text.toLowerCase().replace(/ς/g, 'σ').replace(/ß/g, 'ss');

/** Latin letters that Unicode does not take apart, as they are typed without them. */
const latinLetters: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', þ: 'th', ð: 'd', đ: 'd', ɖ: 'd', ɗ: 'd', ø: 'o', ł: 'l', ħ: 'h', ŧ: 't' },
  ...{ ı: 'i', ŋ: 'n', ɓ: 'b', ƙ: 'k', ƴ: 'y', ə: 'e' },
};
const latinLetter = new RegExp(`[${Object.keys(latinLetters).join('')}]`, 'g');

/** Marks are accents in these scripts; in others they tell letters apart. */
const accented = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

const foldAny = (text: string, fold: (wellFormed: string) => string): string =>
  isPlain(text) ? text.toLowerCase() : spelledPlainly(fold(spelledPlainly(text.toWellFormed()))).trim();

/**
 * Two texts that fold to the same differ at most in case, in the way their accents are composed, in their apostrophes,
 * hyphens and blanks, and in what cannot be seen. Well formed, without NUL; folded once more it stays.
 */
export const foldText = (text: string): string =>
  foldAny(text, (some) => foldCase(some.normalize('NFC')).normalize('NFC'));

/** As {@link foldText}, and accents and letters that not every keyboard has do not part people of one name either. */
export const foldName = (name: string): string =>
  foldAny(name, (some) =>
    foldCase(some.normalize('NFKD').replace(accented, '$1'))
      .replace(latinLetter, (letter) => latinLetters[letter] ?? letter)
      .normalize('NFC'),
  );
