import { gapAges } from '@contact-sync/domain';
import { fromGapCursor, toGapCursor } from '../domain/gap-cursor.ts';
import type { GapReader, GapTimes, Page, VersionGap } from '../ports.ts';

export const gapStates = ['open', 'missed'] as const;

/** `open` after a minute, `missed` after a day: a webhook that we take for lost (design rule 3). */
export type GapState = (typeof gapStates)[number];

export type Gap = VersionGap & { readonly state: GapState };

const before = (now: string, ms: number): string => new Date(Date.parse(now) - ms).toISOString();

// A gap is of an age where it was noticed at that time at the latest, which a bound below leaves out.
const justAfter = (time: string): string => before(time, -1);

const timesOf = (state: GapState | undefined, now: string): GapTimes => {
  const [open, missed] = [justAfter(before(now, gapAges.openMs)), justAfter(before(now, gapAges.missedMs))];
  if (state === 'missed') return { noticedBefore: missed };
  return state === 'open' ? { noticedFrom: missed, noticedBefore: open } : { noticedBefore: open };
};

export type GapsRequest = {
  readonly state: GapState | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
};

/**
 * Versions that are late, the longest missing first.
 *
 * @throws {AppError} INVALID_CURSOR; retryable ones.
 */
export const readGaps = async (
  reader: GapReader,
  { state, limit, cursor }: GapsRequest,
  now: string,
): Promise<Page<Gap>> => {
  const after = cursor === undefined ? {} : { after: fromGapCursor(cursor) };
  const { items, next } = await reader.list({ ...timesOf(state, now), limit, ...after });
  const missed = Date.parse(now) - gapAges.missedMs;
  const gaps = items.map(
    (gap): Gap => ({
      ...gap,
      state: Date.parse(gap.noticedAt) <= missed ? 'missed' : 'open',
    }),
  );
  return next === undefined ? { items: gaps } : { items: gaps, next: toGapCursor(next) };
};

/** How many runs of versions are late. */
export const countGaps = (reader: GapReader, state: GapState, now: string): Promise<number> =>
  reader.count(timesOf(state, now));
