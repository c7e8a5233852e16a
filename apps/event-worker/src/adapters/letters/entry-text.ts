import type { Entry } from '../../letters/letter.ts';

/** An entry as it is kept under its id, which is not spelled again. */
export const toEntryText = ({ id: _, letter, decision }: Entry): string => {
  const { id: __, ...rest } = letter ?? { id: '' };
  return JSON.stringify({ ...(letter !== undefined && { letter: rest }), ...(decision && { decision }) });
};

/** The way back of {@link toEntryText}. */
export const fromEntryText = (id: string, text: string): Entry => {
  const { letter, decision } = JSON.parse(text) as Omit<Entry, 'id'>;
  return { id, ...(letter !== undefined && { letter: { ...letter, id } }), ...(decision && { decision }) };
};
