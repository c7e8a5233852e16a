/** A counter as it was read at a time, in milliseconds. */
export type Reading = { readonly at: number; readonly count: number };

/**
 * How much a counter rose in each second between its first and its last reading, by straight lines between readings. One
 * that falls has begun anew, and rose by nothing.
 */
export const ratesOf = (readings: readonly Reading[]): number[] => {
  const [first] = readings;
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return [];
  const seconds = Math.floor((last.at - first.at) / 1_000);
  const at = (time: number): number => {
    const next = readings.findIndex((reading) => reading.at >= time);
    const [before, after] = [readings[next - 1], readings[next]];
    if (after === undefined) return last.count;
    if (before === undefined || after.at === before.at) return after.count;
    return before.count + ((after.count - before.count) * (time - before.at)) / (after.at - before.at);
  };
  return Array.from({ length: seconds }, (_, second) => {
    const from = first.at + second * 1_000;
    return Math.max(0, at(from + 1_000) - at(from));
  });
};

/** An answer: when it came and how long it took, in milliseconds. */
export type Timed = { readonly at: number; readonly latencyMs: number };

/** The value below which so much of them lies; null of none. */
export const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;

const shares = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type PercentileName = keyof typeof shares;

/** The percentiles of each second between the first answer and the last; null where a second has none. */
export const percentilesOf = (answers: readonly Timed[]): Record<PercentileName, (number | null)[]> => {
  const bySecond = Map.groupBy(answers, ({ at }) => Math.floor(at / 1_000));
  const first = Math.min(...bySecond.keys());
  const seconds = bySecond.size === 0 ? 0 : Math.max(...bySecond.keys()) - first + 1;
  const columns = Array.from({ length: seconds }, (_, second) =>
    (bySecond.get(first + second) ?? []).map(({ latencyMs }) => latencyMs).sort((a, b) => a - b),
  );
  const lineOf = (share: number) => columns.map((sorted) => percentile(sorted, share));
  return { p50: lineOf(shares.p50), p95: lineOf(shares.p95), p99: lineOf(shares.p99) };
};
