import canonicalize from 'canonicalize';

/** Outside RFC 8785: can never be the beginning of a JSON text, so the two spellings never meet. */
const oddMark = '~';

/** Strings as ASCII-safe JSON text, non-finite numbers by name; injective. Keeps its own stack: depth is no limit. */
const spelledOut = (root: unknown): unknown => {
  const open: { source: object; copy: object }[] = [];
  const copyOf = (value: unknown): unknown => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (value === null || typeof value !== 'object') return value;
    const copy = Array.isArray(value) ? [] : {};
    open.push({ source: value, copy });
    return copy;
  };
  const result = copyOf(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const isList = Array.isArray(next.source);
    for (const [key, value] of Object.entries(next.source)) {
      Reflect.set(next.copy, isList ? key : JSON.stringify(key), copyOf(value));
    }
  }
  return result;
};

/**
 * The RFC 8785 text of a parsed JSON value. What RFC 8785 leaves without a text (a lone surrogate, a number that
 * `JSON.parse` turned into Infinity) gets one of our own, so that no JSON throws here and different values differ.
 */
export const canonicalJson = (value: unknown): string => {
  try {
    return canonicalize(value) ?? 'null';
  } catch {
    return `${oddMark}${canonicalize(spelledOut(value))}`;
  }
};
