/** The smallest value that at least `share` of the values do not exceed (nearest rank); null of none. */
export const percentile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
};
