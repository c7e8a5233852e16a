/** A place in the log of revocations: which log, and its entry that was read last. */
export type RevocationCursor = { readonly generation: string; readonly entry: string };

const cursor = /^(\w{1,64})\.(\d{1,20}-\d{1,20})$/;

export const toCursorText = ({ generation, entry }: RevocationCursor): string => `${generation}.${entry}`;

/** The cursor of a text; undefined for what none of our answers gave, which is a cursor of an unknown log. */
export const readCursor = (text: string): RevocationCursor | undefined => {
  const [, generation, entry] = cursor.exec(text) ?? [];
  return generation === undefined || entry === undefined ? undefined : { generation, entry };
};
