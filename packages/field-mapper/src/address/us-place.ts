import { cutLastWord } from './segments.ts';
import { stateCode } from './us-states.ts';

const countries: ReadonlySet<string> = new Set([
  'USA',
  'US',
  'U.S.A.',
  'U.S.A',
  'U.S.',
  'U.S',
  'UNITED STATES',
  'UNITED STATES OF AMERICA',
]);

/** What ends in a known form, and what stands before it. */
export type Ending = { readonly before: string; readonly ending: string };

/** The last one to `most` words that `known` recognises, the longest such ending first. */
const knownEnding = (text: string, most: number, known: (words: string) => boolean): Ending | null => {
  let before = text;
  let found: Ending | null = null;
  for (let words = 1; words <= most && before !== ''; words += 1) {
    before = cutLastWord(before).head;
    const ending = text.slice(before.length).trim();
    if (known(ending)) found = { before, ending };
  }
  return found;
};

/** "CA 94105 USA" → "USA", as written. */
export const countryEnding = (text: string): Ending | null =>
  knownEnding(text, 4, (words) => countries.has(words.toUpperCase()));

/** "San Francisco CA" → "CA"; "Charleston West Virginia" → "West Virginia". */
export const stateEnding = (text: string): Ending | null =>
  knownEnding(text, 3, (words) => stateCode(words) !== undefined);

/** "CA 94105-1234" → "94105-1234". */
export const zipEnding = (text: string): Ending | null => {
  const { head, tail } = cutLastWord(text);
  return /^\d{5}(?:-\d{4})?$/.test(tail) ? { before: head, ending: tail } : null;
};
