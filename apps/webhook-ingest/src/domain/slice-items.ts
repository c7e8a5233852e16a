const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening: ReadonlySet<number | undefined> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number | undefined> = new Set([0x5d, 0x7d]);

/**
 * The bytes of each item of a JSON array, as they came, blanks around them included. For bodies that have been read as an
 * array that is not empty; the slices share the body's memory.
 */
export const sliceItems = (body: Buffer): Buffer[] => {
  const items: Buffer[] = [];
  let [level, start] = [0, 0];
  let isInString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (byte === quote) isInString = !isInString;
    else if (byte === backslash) index += 1;
    else if (isInString) continue;
    else if (opening.has(byte)) {
      level += 1;
      if (level === 1) start = index + 1;
    } else if ((byte === comma && level === 1) || (closing.has(byte) && level === 1)) {
      items.push(body.subarray(start, index));
      start = index + 1;
      if (byte !== comma) level = 0;
    } else if (closing.has(byte)) level -= 1;
  }
  return items;
};
