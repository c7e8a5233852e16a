import type { Entry } from './letter.ts';

const timeDigits = 13;
const offsetDigits = 16;

/** The begin of every position of that time or later, and above those of before. */
export const positionAt = (time: number): string =>
  String(Math.max(0, Math.floor(time))).padStart(timeDigits, '0');

/** When an entry became what it is. */
const timeOf = ({ letter, decision }: Entry): number => letter?.at ?? decision?.at ?? 0;

/**
 * Where an entry stands among all, in the order of texts: by time, then by where it stood first, so that letters of one key
 * that came together keep their order. Short, for Redis packs small sets of texts of up to 64 bytes.
 */
export const positionOf = (entry: Entry): string => {
  const end = entry.id.lastIndexOf('-');
  const offset = entry.id.slice(end + 1).padStart(offsetDigits, '0');
  return `${positionAt(timeOf(entry))} ${offset} ${entry.id.slice(0, end)}`;
};

export const idAtPosition = (position: string): string => {
  const [, offset = '', partition = ''] = position.split(' ');
  return `${partition}-${offset.replace(/^0+(?=.)/, '')}`;
};

const shape = /^\d{13} \d{16,19} [\w.-]{1,300}$/;

/** Whether a text can be a position. */
export const isPosition = (text: string): boolean => shape.test(text);
