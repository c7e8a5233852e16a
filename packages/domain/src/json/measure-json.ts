import { isRespelled } from './raw-number.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const isExponentMark = (byte: number | undefined): boolean => byte === 0x65 || byte === 0x45;

/** `+`, `-` and `.` beside the digits and the exponent's mark. */
const isOfNumber = (byte: number | undefined): boolean =>
  isDigit(byte) || byte === 0x2e || isExponentMark(byte) || byte === 0x2b || byte === 0x2d;

/** Behind the number whose digits begin at `start`; of what is no number, behind the bytes that could be of one. */
const endOfNumber = (json: Uint8Array, start: number): number => {
  let at = start + 1;
  while (isOfNumber(json[at])) at += 1;
  return at;
};

/** A number of so few letters, without an exponent, is what it says. */
const exactLetters = 15;

const hasExponent = (json: Uint8Array, start: number, end: number): boolean => {
  for (let at = start + 1; at < end; at += 1) if (isExponentMark(json[at])) return true;
  return false;
};

const isOddNumber = (json: Buffer, start: number, end: number): boolean =>
  (end - start > exactLetters || hasExponent(json, start, end)) &&
  isRespelled(json.toString('latin1', start, end));

export type JsonMeasures = {
  /** Members of all objects, each counted as often as it stands there. */
  readonly members: number;
  /** Objects and arrays within each other. */
  readonly depth: number;
  /**
   * Whether something must be read with care: an escape that may spell NUL, half a surrogate pair or a member's name, or a
   * number that JavaScript would spell otherwise, and so may have rounded.
   */
  readonly odd: boolean;
};

/** Whether the escape at a backslash may spell what is no text: `\u0000`, `\ud800` to `\udfff`. */
const isOddEscape = (json: Uint8Array, at: number): boolean => {
  if (json[at + 1] !== 0x75) return false;
  const [first, second] = [json[at + 2], json[at + 3]];
  return (first === 0x30 && second === 0x30) || first === 0x64 || first === 0x44;
};

/**
 * What a JSON text would make, without making it. In valid JSON a colon or a bracket outside of strings is what it seems
 * to be; of any other text the measures say nothing, but are found as quickly.
 */
export const measureJson = (json: Buffer): JsonMeasures => {
  let [members, depth, level] = [0, 0, 0];
  let [isInString, hasEscape, odd] = [false, false, false];
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === quote) {
      isInString = !isInString;
      if (isInString) hasEscape = false;
    } else if (byte === backslash) {
      hasEscape = true;
      if (!odd) odd = isOddEscape(json, index);
      index += 1;
    }
    if (isInString) continue;
    if (isDigit(byte)) {
      const end = endOfNumber(json, index);
      if (!odd) odd = isOddNumber(json, index, end);
      index = end - 1;
    } else if (byte === colon) {
      members += 1;
      // Names with escapes are misread by V8 (nodejs/node#63785).
      if (hasEscape) odd = true;
    } else if (byte === openList || byte === openObject) {
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === closeList || byte === closeObject) level -= 1;
  }
  return { members, depth, odd };
};
