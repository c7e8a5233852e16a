/** A stretch of a text, without white space at its ends. */
export type Segment = { readonly text: string; readonly start: number; readonly end: number };

const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;

/** The stretches between commas and line ends, empty ones left out, in one pass. */
export const segmentsOf = (flat: string): Segment[] => {
  const segments: Segment[] = [];
  let from = 0;
  for (let index = 0; index <= flat.length; index += 1) {
    const code = flat.charCodeAt(index);
    if (index < flat.length && code !== comma && code !== lineFeed && code !== carriageReturn) continue;
    const raw = flat.slice(from, index);
    const text = raw.trim();
    const start = from + raw.length - raw.trimStart().length;
    if (text !== '') segments.push({ text, start, end: start + text.length });
    from = index + 1;
  }
  return segments;
};

/** Cuts a text before its last word: "CA 94105" into "CA" and "94105". One word is all tail. */
export const cutLastWord = (text: string): { readonly head: string; readonly tail: string } => {
  let cut = text.length;
  while (cut > 0 && text.charAt(cut - 1).trim() !== '') cut -= 1;
  return { head: text.slice(0, cut).trim(), tail: text.slice(cut) };
};
