import type { Entry } from '../../letters/letter.ts';

const timeDigits = 15;
const offsetDigits = 19;

/** The begin of every member of that time or later, below those of before. */
export const memberAt = (time: number): string =>
  String(Math.max(0, Math.floor(time))).padStart(timeDigits, '0');

/** When an entry became what it is. */
const timeOf = ({ letter, decision }: Entry): number => letter?.at ?? decision?.at ?? 0;

/**
 * An entry in the lexical sets: by time, then by where it stood first, so that letters of one key that came together keep
 * their order; its id comes last.
 */
export const memberOf = (entry: Entry): string => {
  const offset = (entry.letter?.origin.offset ?? '0').padStart(offsetDigits, '0');
  return `${memberAt(timeOf(entry))} ${offset} ${entry.id}`;
};

export const idOfMember = (member: string): string => member.slice(timeDigits + offsetDigits + 2);
