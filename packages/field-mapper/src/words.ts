/**
 * Cuts a text at the first `count - 1` separators; the last word takes all that is left, and words that the text does
 * not have are null. {@link joinInPlace} undoes it, whatever the text.
 */
export const splitWords = (text: string, separator: string, count: number): (string | null)[] => {
  const words: (string | null)[] = [];
  let from = 0;
  while (words.length < count - 1) {
    const cut = text.indexOf(separator, from);
    if (cut < 0) break;
    words.push(text.slice(from, cut));
    from = cut + separator.length;
  }
  words.push(text.slice(from));
  while (words.length < count) words.push(null);
  return words;
};

/** Joins the words that there are; null where there is none. */
export const joinWords = (
  words: readonly (string | null | undefined)[],
  separator: string,
): string | null => {
  const present = words.filter((word) => word !== null && word !== undefined && word !== '');
  return present.length === 0 ? null : present.join(separator);
};

/** Joins words so that each keeps its place: an empty one leaves its separator, unless nothing follows. */
export const joinInPlace = (words: readonly (string | null)[], separator: string): string | null => {
  const last = words.findLastIndex((word) => word !== null);
  if (last < 0) return null;
  return words
    .slice(0, last + 1)
    .map((word) => word ?? '')
    .join(separator);
};
