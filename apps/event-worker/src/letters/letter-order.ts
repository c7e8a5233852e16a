import type { Entry } from './letter.ts';

const timeDigits = 15;
const offsetDigits = 19;

/** The begin of every position of that time or later, and above those of before. */
export const positionAt = (time: number): string =>
  String(Math.max(0, Math.floor(time))).padStart(timeDigits, '0');

/** When an entry became what it is. */
const timeOf = ({ letter, decision }: Entry): number => letter?.at ?? decision?.at ?? 0;

/**
 * Where an entry stands among all, in the order of texts: by time, then by where it stood first, so that letters of one key
 * that came together keep their order; its id comes last.
 */
export const positionOf = (entry: Entry): string => {
  const offset = (entry.letter?.origin.offset ?? '0').padStart(offsetDigits, '0');
  return `${positionAt(timeOf(entry))} ${offset} ${entry.id}`;
};

export const idAtPosition = (position: string): string => position.slice(timeDigits + offsetDigits + 2);

const shape = /^\d{15} \d{19} [\w.-]{1,300}$/;

/** Whether a text can be a position. */
export const isPosition = (text: string): boolean => shape.test(text);
