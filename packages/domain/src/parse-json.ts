import { hash } from 'node:crypto';

/** A string of a JSON text, and the colon behind it that makes it a name. */
const strings = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/gs;

const quote = 0x22;
const backslash = 0x5c;
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

const isNameEnd = (text: string, afterQuote: number): boolean => {
  let at = afterQuote;
  while (blanks.has(text.charCodeAt(at))) at += 1;
  return text[at] === ':';
};

/** Whether a valid JSON text has a name with an escape; looks at each character once, and at none before the first escape. */
const hasEscapedName = (text: string): boolean => {
  const first = text.indexOf('\\');
  if (first === -1) return false;
  // The text is valid, so every string has an end. Escapes stand in strings alone, so the quote before the first one opens its string.
  let isInString = true;
  let isEscaped = false;
  for (let at = text.lastIndexOf('"', first) + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (isInString && isEscaped && isNameEnd(text, at + 1)) return true;
      isInString = !isInString;
      isEscaped = false;
    } else if (code === backslash) {
      isEscaped = true;
      at += 1;
    }
  }
  return false;
};

type Named = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text with a stand-in for each name that has an escape, and what the stand-ins are for. */
const withStandIns = (text: string) => {
  // No text holds its own hash, so no name of its own looks like a stand-in.
  const mark = hash('sha1', text, 'hex');
  const names = new Map<string, string>();
  const spelled = text.replace(strings, (whole: string, name: string, colon: string | undefined) => {
    if (colon === undefined || !name.includes('\\')) return whole;
    const standIn = `${mark}${names.size}`;
    names.set(standIn, JSON.parse(`"${name}"`) as string);
    return `"${standIn}"${colon}`;
  });
  return { spelled, names };
};

const renamed = (value: Named, names: ReadonlyMap<string, string>): Named =>
  Object.keys(value).some((name) => names.has(name))
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [names.get(name) ?? name, inner]))
    : value;

/**
 * What `JSON.parse` made of a text, with the names right that it may have misread: V8 reads `"\""` or `"\n"` as the name
 * `\` once it has seen an object with that name in the same place (nodejs/node#63785, in Node 24 and 26). Costs next to
 * nothing for a text without escaped names, which is then `parsed` itself.
 *
 * @throws {RangeError} where the text is nested some thousands deep and has such names.
 */
export const withRightNames = (text: string, parsed: unknown): unknown => {
  if (!hasEscapedName(text)) return parsed;
  const { spelled, names } = withStandIns(text);
  return JSON.parse(spelled, (_name, value: unknown) => (isObject(value) ? renamed(value, names) : value));
};

/**
 * `JSON.parse` with {@link withRightNames}. Whatever names come from outside goes through here.
 *
 * @throws {SyntaxError} where the text is no JSON, and what withRightNames throws.
 */
export const parseJson = (text: string): unknown => withRightNames(text, JSON.parse(text));
