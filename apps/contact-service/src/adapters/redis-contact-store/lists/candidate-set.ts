import { compactTime } from '../../../domain/lists/compact.ts';
import type { ContactList } from '../../../domain/lists/contact-list.ts';
import { foldName } from '../../../domain/lists/fold-text.ts';
import { valuesAskedFor, valuesOfAll } from '../../../domain/lists/list-filters.ts';
import { type ListOrder, nameKey, type StandingOrder } from '../../../domain/lists/list-position.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { type IndexRange, prefixRange, rangeFrom } from './index-range.ts';
import { filterHead } from './list-index.ts';

/** What a set is made of: one filter of the list, or none. */
export type SetOrigin =
  | { readonly kind: 'value'; readonly head: string }
  | { readonly kind: 'q' | 'updatedSince' | 'all' };

/** Every contact of a list is in each of its sets, at the same position as in the list where `by` is the list's order. */
export type CandidateSet = {
  readonly origin: SetOrigin;
  readonly by: ListOrder['by'];
  readonly ranges: readonly IndexRange[];
};

/** The sets that a list is the intersection of; one of them at least is in the list's order. */
export const candidateSets = (keys: ContactKeys, { order, filters = {} }: ContactList): CandidateSet[] => {
  const keyOf = (standing: StandingOrder): string => keys.order(listShard, standing);
  const { q, updatedSince } = filters;
  const rangeOf = (head: string): IndexRange => prefixRange(keys.filters(listShard), head, head);
  const sets: CandidateSet[] = valuesAskedFor(filters).map((value) => {
    const head = filterHead(value);
    return { origin: { kind: 'value', head }, by: 'createdAt', ranges: [rangeOf(head)] };
  });
  if (q !== undefined) {
    const prefix = nameKey(foldName(q));
    const ranges = (['wholeName', 'lastName'] as const).map((name) => prefixRange(keyOf(name), prefix));
    sets.push({ origin: { kind: 'q' }, by: 'match', ranges });
  }
  if (updatedSince !== undefined) {
    const ranges = [rangeFrom(keyOf('updatedAt'), compactTime(updatedSince))];
    sets.push({ origin: { kind: 'updatedSince' }, by: 'updatedAt', ranges });
  }
  if (order.by !== 'match' && sets.every(({ by }) => by !== order.by)) {
    // An order of creation of its own would cost each contact another entry.
    const ranges =
      order.by === 'createdAt'
        ? valuesOfAll.map((value) => rangeOf(filterHead(value)))
        : [prefixRange(keyOf(order.by), '')];
    sets.push({ origin: { kind: 'all' }, by: order.by, ranges });
  }
  return sets;
};
