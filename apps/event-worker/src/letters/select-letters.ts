import { type Entry, type KnownEntry, stateOf } from './letter.ts';
import type { LetterFilter } from './letter-filter.ts';
import { positionOf } from './letter-order.ts';
import type { LetterIndex, LetterPage } from './ports.ts';

/** Open letters: those that are named, or all for which a filter holds. */
export type Selection =
  | { readonly ids: readonly string[] }
  | { readonly filter: Omit<LetterFilter, 'state'> };

export type SelectionPage = {
  readonly limit: number;
  readonly after?: string | undefined;
  /** Only those that were letters before then; milliseconds since the epoch. */
  readonly until?: number;
};

const isOpen = (entry: Entry): entry is KnownEntry => {
  if (entry.letter === undefined) return false;
  const state = stateOf({ ...entry, letter: entry.letter });
  return state === 'open' || state === 'parked';
};

const earliest = (one = Number.POSITIVE_INFINITY, other = Number.POSITIVE_INFINITY): number =>
  Math.min(one, other);

/** A page of the open letters that are meant, parked ones among them, the oldest first. */
export const selectLetters = async (
  index: Pick<LetterIndex, 'find' | 'list'>,
  selection: Selection,
  { limit, after, until }: SelectionPage,
): Promise<LetterPage> => {
  if ('filter' in selection) {
    const end = earliest(selection.filter.until, until);
    const filter = { ...selection.filter, ...(Number.isFinite(end) && { until: end }) };
    return index.list({ filter, order: 'oldest', limit, ...(after !== undefined && { after }) });
  }
  const found = (await index.find(selection.ids))
    .filter(isOpen)
    .filter(({ letter }) => letter.at < earliest(until))
    .map((entry) => ({ entry, position: positionOf(entry) }))
    .filter(({ position }) => after === undefined || position > after)
    .toSorted((one, other) => (one.position < other.position ? -1 : 1));
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { entries: entries.map(({ entry }) => entry), ...(hasMore && { next: last.position }) };
};
