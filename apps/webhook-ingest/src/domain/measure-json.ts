const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

export type JsonMeasures = {
  /** Members of all objects, each counted as often as it stands there. */
  readonly members: number;
  /** Objects and arrays within each other. */
  readonly depth: number;
};

/**
 * What a JSON text would make, without making it. In valid JSON a colon or a bracket outside of strings is what it seems
 * to be; of any other text the measures say nothing, but are found as quickly.
 */
export const measureJson = (json: Buffer): JsonMeasures => {
  let [members, depth, level] = [0, 0, 0];
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === quote) isInString = !isInString;
    else if (byte === backslash) index += 1;
    else if (isInString) continue;
    else if (byte === colon) members += 1;
    else if (byte === openList || byte === openObject) {
      level += 1;
      if (level > depth) depth = level;
    } else if (byte === closeList || byte === closeObject) level -= 1;
  }
  return { members, depth };
};
