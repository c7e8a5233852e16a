/** A run of versions, both ends included. */
export type VersionRange = { readonly from: number; readonly to: number };

/** Versions below the highest that have not come; lowest first, bounded. */
export type MissingVersions = {
  readonly ranges: readonly (VersionRange & { readonly noticedAt: string })[];
  /** How many versions were let go, unreported from then on, to keep the list bounded. */
  readonly forgotten: number;
};

/** How long a version has been missing that is an open gap, and one that is missed, in milliseconds (design rule 3). */
export const gapAges = { openMs: 60_000, missedMs: 24 * 60 * 60 * 1000 } as const;

const maxRanges = 32;

const sizeOf = ({ from, to }: VersionRange): number => to - from + 1;

const bounded = ({ ranges, forgotten }: MissingVersions): MissingVersions => {
  const excess = ranges.slice(0, Math.max(0, ranges.length - maxRanges));
  return {
    ranges: ranges.slice(excess.length),
    forgotten: excess.reduce((sum, range) => sum + sizeOf(range), forgotten),
  };
};

export const nothingMissing: MissingVersions = { ranges: [], forgotten: 0 };

/** Notes the versions that `arrived` leapt over. */
export const afterLeap = (
  missing: MissingVersions,
  highest: number,
  arrived: number,
  now: string,
): MissingVersions => {
  if (arrived <= highest + 1) return missing;
  const leapt = { from: highest + 1, to: arrived - 1, noticedAt: now };
  return bounded({ ranges: [...missing.ranges, leapt], forgotten: missing.forgotten });
};

/** Strikes out a version that came late. */
export const afterLateArrival = (missing: MissingVersions, version: number): MissingVersions => {
  const ranges = missing.ranges.flatMap((range) => {
    if (version < range.from || version > range.to) return [range];
    const parts = [
      { ...range, to: version - 1 },
      { ...range, from: version + 1 },
    ];
    return parts.filter((part) => part.from <= part.to);
  });
  return bounded({ ranges, forgotten: missing.forgotten });
};

/**
 * The versions of one contact that are late (design rule 3): a `gap` for at least 60 s, `missed` for at least 24 h,
 * a webhook that we take for lost. A version is in one of the two at most. `now` is ISO 8601.
 */
export const versionGaps = (
  missing: MissingVersions,
  now: string,
): { readonly gaps: readonly VersionRange[]; readonly missed: readonly VersionRange[] } => {
  const aged = missing.ranges.map(({ from, to, noticedAt }) => ({
    range: { from, to },
    ageMs: Date.parse(now) - Date.parse(noticedAt),
  }));
  const isMissed = (ageMs: number) => ageMs >= gapAges.missedMs;
  return {
    gaps: aged.filter(({ ageMs }) => ageMs >= gapAges.openMs && !isMissed(ageMs)).map(({ range }) => range),
    missed: aged.filter(({ ageMs }) => isMissed(ageMs)).map(({ range }) => range),
  };
};
