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

/** Whether a valid JSON text has a name with an escape; looks at nothing but the ends of strings that have one. */
const hasEscapedName = (text: string): boolean => {
  let at = text.indexOf('\\');
  while (at !== -1) {
    // Escapes stand in strings alone, and the text is valid, so this string has an end.
    for (let code = backslash; code !== quote; code = text.charCodeAt(at)) at += code === backslash ? 2 : 1;
    if (isNameEnd(text, at + 1)) return true;
    at = text.indexOf('\\', at + 1);
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
