const otherSpaces = /\p{Zs}/gu;

/**
 * A password as it is kept (RFC 8265, OpaqueString): composed, with one kind of space. The same keys give other code
 * points on other machines, and none of them shows.
 */
export const preparePassword = (typed: string): string => typed.replace(otherSpaces, ' ').normalize('NFC');

/** What a typed password may have been kept as: prepared, or as it was typed where it was set before that was done. */
export const readingsOfPassword = (typed: string): readonly string[] => [
  ...new Set([preparePassword(typed), typed]),
];
