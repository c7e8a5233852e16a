const plain = /^[\w.@+-]*$/;

const unsafe = /[^\w.@+-]/gu;

const encoded = /%u([0-9A-F]{4})|((?:%[0-9A-F]{2})+)/g;

/**
 * Makes any text safe as one part of a key: the result holds no separator, brace, glob character, white space or control
 * character, and two different texts never give the same result.
 */
export const encodeKeyPart = (text: string): string =>
  plain.test(text) ? text : text.replace(unsafe, percentEncode);

/** `%XX` per UTF-8 byte. A lone surrogate has no UTF-8 form; `%u` cannot come from a byte, so it stays distinct. */
const percentEncode = (character: string): string => {
  if (!character.isWellFormed()) return `%u${hex(character.charCodeAt(0))}`;
  return [...Buffer.from(character)].map((byte) => `%${hex(byte)}`).join('');
};

/** Undoes {@link encodeKeyPart}. */
export const decodeKeyPart = (part: string): string =>
  part.replace(encoded, (_, unit: string | undefined, bytes: string) =>
    unit === undefined ? decodeURIComponent(bytes) : String.fromCharCode(Number.parseInt(unit, 16)),
  );

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');
