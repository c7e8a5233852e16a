const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const dot = 0x2e;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Below this many digits a number is what it says. */
const exactDigits = 15;

export type JsonMeasures = {
  /** Members of all objects, each counted as often as it stands there. */
  readonly members: number;
  /** Objects and arrays within each other. */
  readonly depth: number;
  /**
   * Whether something must be read with care: an escape that may spell NUL, half a surrogate pair or a member's name, or a
   * number of many digits or with an exponent.
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
export const measureJson = (json: Uint8Array): JsonMeasures => {
  let [members, depth, level, digits] = [0, 0, 0, 0];
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
    if (isDigit(byte) || byte === dot) {
      digits += 1;
      if (digits > exactDigits) odd = true;
      continue;
    }
    if (byte === colon) {
      members += 1;
      // Names with escapes are misread by V8 (nodejs/node#63785).
      if (hasEscape) odd = true;
    } else if (byte === openList || byte === openObject) {
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === closeList || byte === closeObject) level -= 1;
    else if ((byte === 0x65 || byte === 0x45) && isDigit(json[index - 1])) odd = true;
    digits = 0;
  }
  return { members, depth, odd };
};
