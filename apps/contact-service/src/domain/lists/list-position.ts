import type { Contact } from '@contact-sync/domain';
import { compactId, compactTime, expandId } from './compact.ts';
import { compareText } from './compare-text.ts';
import { foldName } from './fold-text.ts';
import { searchNamesOf } from './list-filters.ts';

/** `match` is the order of the names that `q` found: of two that fit, the one that comes first. */
export type ListOrder = {
  readonly by: 'createdAt' | 'updatedAt' | 'lastName' | 'match';
  readonly descending: boolean;
};

/** The orders that every contact has a place in; that of creation is the order of references. */
export const standingOrders = ['updatedAt', 'lastName', 'wholeName'] as const;
export type StandingOrder = (typeof standingOrders)[number];

/** What a contact's places depend on, beside its reference. */
export type PlaceFacts = Pick<Contact, 'firstName' | 'lastName' | 'updatedAt'>;

/** When a contact was made and its id, as one text of 30 characters in the order of creation. Never changes. */
export const referenceOf = ({ createdAt, id }: Pick<Contact, 'createdAt' | 'id'>): string =>
  compactTime(Date.parse(createdAt)) + compactId(id);

const timeLength = compactTime(0).length;

/** The id of the contact that a reference stands for. */
export const idOfReference = (reference: string): string => expandId(reference.slice(timeLength));

const nameLength = 64;

/** A folded name, or the beginning of one, as far as places tell names apart. */
export const nameKey = (folded: string): string => folded.slice(0, nameLength).toWellFormed();

const separator = '\u0000';

const placeOfName = (folded: string, reference: string): string => nameKey(folded) + separator + reference;

const places: Readonly<Record<StandingOrder, (reference: string, facts: PlaceFacts) => string>> = {
  updatedAt: (reference, { updatedAt }) => compactTime(Date.parse(updatedAt)) + reference,
  lastName: (reference, facts) => placeOfName(searchNamesOf(facts)[1], reference),
  wholeName: (reference, facts) => placeOfName(searchNamesOf(facts)[0], reference),
};

/** A contact's place in an order that it always has one in: text whose byte order is that order. */
export const placeIn = (order: StandingOrder, reference: string, facts: PlaceFacts): string =>
  places[order](reference, facts);

/**
 * Where a contact stands in a list: text whose byte order is the list's, equal for no two contacts, the same as long as
 * the contact's sort value is. Null where a list by matching names does not hold it.
 */
export const positionOf = (
  by: ListOrder['by'],
  reference: string,
  facts: PlaceFacts,
  q: string | undefined,
): string | null => {
  if (by === 'createdAt') return reference;
  if (by !== 'match') return places[by](reference, facts);
  const sought = nameKey(foldName(q ?? ''));
  const [first] = searchNamesOf(facts)
    .map((name) => placeOfName(name, reference))
    .filter((place) => place.startsWith(sought))
    .sort(compareText);
  return first ?? null;
};

/** The reference that a position ends with. */
export const referenceAt = (by: ListOrder['by'], position: string): string => {
  if (by === 'createdAt') return position;
  return by === 'updatedAt' ? position.slice(timeLength) : position.slice(position.indexOf(separator) + 1);
};

const reference = '[-0-9A-Z_a-z]{8}[-0-9A-Z_a-z]{22}';

const named = new RegExp(`^[^\\u0000]{0,${nameLength}}\\u0000${reference}$`, 'u');

const shapes: Readonly<Record<ListOrder['by'], RegExp>> = {
  createdAt: new RegExp(`^${reference}$`),
  updatedAt: new RegExp(`^[-0-9A-Z_a-z]{8}${reference}$`),
  lastName: named,
  match: named,
};

/** Whether a text that came from outside can be a position in lists of this order. */
export const isPosition = (by: ListOrder['by'], text: string): boolean =>
  text.isWellFormed() && shapes[by].test(text);
