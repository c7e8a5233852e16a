const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An absent, a null and an empty member say the same (design section 2). */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);

/** Whether two JSON values say the same: order of members aside, and with every form of "empty" alike. */
export const sameContent = (one: unknown, other: unknown): boolean => {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => sameContent(value, other[index]));
  }
  // Digits that no double holds must be there as they came.
  if (JSON.isRawJSON(one) && JSON.isRawJSON(other)) return one.rawJSON === other.rawJSON;
  if (isRecord(one) && isRecord(other)) return differingMembers(one, other).length === 0;
  return Object.is(one, other);
};

/** Names of the members that differ, sorted. */
export const differingMembers = (
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((member) => !sameContent(one[member], other[member]))
    .sort();
