const sorted = (values: readonly number[]): number[] => {
  if (values.length === 0) throw new RangeError('there is no statistic of nothing');
  return values.toSorted((a, b) => a - b);
};

/** The value below which the share `q` (0 to 1) of the values lies, by nearest rank: always one of them. */
export const quantile = (values: readonly number[], q: number): number => {
  const ranked = sorted(values);
  const rank = Math.min(ranked.length, Math.max(1, Math.ceil(q * ranked.length)));
  return ranked[rank - 1] as number;
};

/** The middle value, or the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const ranked = sorted(values);
  const upper = ranked[Math.floor(ranked.length / 2)] as number;
  const lower = ranked[Math.ceil(ranked.length / 2) - 1] as number;
  return (lower + upper) / 2;
};

/** How far the values lie apart, from the lowest to the highest, as a share of their median. */
export const spread = (values: readonly number[]): number => {
  const middle = median(values);
  return middle === 0 ? 0 : (Math.max(...values) - Math.min(...values)) / Math.abs(middle);
};
