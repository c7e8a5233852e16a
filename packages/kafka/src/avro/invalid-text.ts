const replacement = '\uFFFD';

/** All strings of a decoded record that hold U+FFFD, which is also what a decoder puts for bytes that are no UTF-8. */
function* suspects(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes(replacement)) yield value;
  } else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
    for (const [key, member] of Object.entries(value)) {
      yield* suspects(key);
      yield* suspects(member);
    }
  }
}

/**
 * Whether a text of the record was no UTF-8 in the bytes it was decoded from. avsc decodes such text in silence; one
 * that really held U+FFFD stands in the bytes as it is, one that was repaired does not.
 */
export const hasInvalidText = (record: unknown, bytes: Buffer): boolean => {
  for (const text of suspects(record)) if (!bytes.includes(text)) return true;
  return false;
};
