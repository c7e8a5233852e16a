import { JsonParser } from './json-parser.ts';
import { isRespelled } from './raw-number.ts';

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

/** Numbers of many digits or with an exponent. Some texts look like one, which costs time only. */
const longNumbers = /(?:^|[:[,\s])-?(\d[\d.]{15,}(?:[eE][+-]?\d+)?|\d+(?:\.\d+)?[eE][+-]?\d+)/g;

const hasRespelledNumber = (text: string): boolean => {
  for (const [, number = ''] of text.matchAll(longNumbers)) if (isRespelled(number)) return true;
  return false;
};

/**
 * `JSON.parse` that keeps what it would lose, for texts of our own and of our peers: a number's digits where JavaScript
 * would round them or spell them longer, and the names that it may misread: V8 reads `"\""` or `"\n"` as the name `\` once
 * it has seen an object with that name in the same place (nodejs/node#63785, in Node 24 and 26). Costs next to nothing
 * for a text that has neither.
 *
 * @throws {SyntaxError} where the text is no JSON.
 */
export const parseJson = (text: string): unknown => {
  const parsed: unknown = JSON.parse(text);
  return hasEscapedName(text) || hasRespelledNumber(text) ? new JsonParser(text).read().value : parsed;
};
