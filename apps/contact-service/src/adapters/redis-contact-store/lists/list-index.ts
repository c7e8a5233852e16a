import { hash } from 'node:crypto';
import { type Contact, isStub, type StoredContact } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import { filterValuesOf } from '../../../domain/lists/list-filters.ts';
import { placeIn, referenceOf, standingOrders } from '../../../domain/lists/list-position.ts';
import type { ContactKeys } from '../contact-keys.ts';

/*
 * Every index is a sorted set of equal scores, whose members Redis keeps in byte order. A member ends with the contact's
 * reference, so whatever index it was found in, its members in all filters are known without reading the contact.
 */

const headLength = 6;

/**
 * What entries of a value begin with: 36 bits of its hash, so that an entry takes 36 bytes. Values that share them are
 * told apart when the contact is read.
 */
export const filterHead = (value: string): string => hash('sha256', value, 'base64url').slice(0, headLength);

const deleted = 'deleted';

/** Stands for deleted contacts, so that lists pass them by without reading them. */
export const deletedHead = filterHead(deleted);

/** What changes in one index: the members that go and those that come. */
export type IndexMove = {
  readonly key: string;
  readonly leaving: readonly string[];
  readonly entering: readonly string[];
};

type Indexed = {
  readonly reference: string;
  readonly contact: Contact;
  readonly values: ReadonlySet<string>;
};

const indexed = (stored: StoredContact | null): Indexed | null => {
  if (stored === null || isStub(stored)) return null;
  const values = [...filterValuesOf(stored), ...(stored.deletedAt === undefined ? [] : [deleted])];
  return { reference: referenceOf(stored), contact: stored, values: new Set(values) };
};

const placesOf = (side: Indexed | null): (string | null)[] =>
  standingOrders.map((order) => (side === null ? null : placeIn(order, side.reference, side.contact)));

/** Members of values that the other side does not have: most writes change few, and a hash costs a microsecond. */
const ownMembers = (side: Indexed | null, other: Indexed | null): string[] =>
  side === null
    ? []
    : [...side.values]
        .filter((value) => other?.reference !== side.reference || !other.values.has(value))
        .map((value) => filterHead(value) + side.reference);

/** What a write changes in the indexes; an index that stays as it is is left out. */
export const indexMoves = (
  keys: ContactKeys,
  id: string,
  states: { readonly before: StoredContact | null; readonly after: StoredContact | null },
): IndexMove[] => {
  const [before, after] = [indexed(states.before), indexed(states.after)];
  const [from, to] = [placesOf(before), placesOf(after)];
  const shard = shardOf(id);
  const inOrders = standingOrders.flatMap((order, index) => {
    const [leaving, entering] = [from[index] ?? null, to[index] ?? null];
    if (leaving === entering) return [];
    return {
      key: keys.order(shard, order),
      leaving: leaving === null ? [] : [leaving],
      entering: entering === null ? [] : [entering],
    };
  });
  const inFilters = {
    key: keys.filters(shard),
    leaving: ownMembers(before, after),
    entering: ownMembers(after, before),
  };
  return inFilters.leaving.length + inFilters.entering.length === 0 ? inOrders : [...inOrders, inFilters];
};
