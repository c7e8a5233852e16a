import { hash } from 'node:crypto';
import { type Contact, isStub, type StoredContact, sameValue } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import { filterValuesOf } from '../../../domain/lists/list-filters.ts';
import {
  placeIn,
  referenceOf,
  type StandingOrder,
  standingOrders,
} from '../../../domain/lists/list-position.ts';
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

/** Of what stands for deleted contacts, so that lists pass them by without reading them; no value has this head. */
export const deletedHead = '!';

/** What changes in one index: the members that go and those that come. */
export type IndexMove = {
  readonly key: string;
  readonly leaving: readonly string[];
  readonly entering: readonly string[];
};

type Indexed = { readonly reference: string; readonly contact: Contact };

const whole = (stored: StoredContact | null): Contact | null =>
  stored === null || isStub(stored) ? null : stored;

const indexed = (contact: Contact | null): Indexed | null =>
  contact && { reference: referenceOf(contact), contact };

/** Both states of a contact as indexes see them. Its reference, which never changes while it is there, is made once. */
const bothIndexed = (before: Contact | null, after: Contact | null): [Indexed | null, Indexed | null] => {
  const from = indexed(before);
  if (from && after && from.contact.createdAt === after.createdAt) return [from, { ...from, contact: after }];
  return [from, indexed(after)];
};

/** Whether both have the very same values; nearly every write, told without folding any. */
const isListedEqually = (before: Contact, after: Contact): boolean =>
  before.email === after.email &&
  before.status === after.status &&
  before.company === after.company &&
  before.source === after.source &&
  sameValue(before.tags, after.tags) &&
  (before.deletedAt === undefined) === (after.deletedAt === undefined);

const isListedAlike = (before: Contact, after: Contact): boolean => {
  if (isListedEqually(before, after)) return true;
  const [from, to] = [filterValuesOf(before), new Set(filterValuesOf(after))];
  const isAlike = from.length === to.size && from.every((value) => to.has(value));
  return isAlike && (before.deletedAt === undefined) === (after.deletedAt === undefined);
};

const filterMembers = ({ reference, contact }: Indexed): ReadonlySet<string> => {
  const heads = filterValuesOf(contact).map(filterHead);
  if (contact.deletedAt !== undefined) heads.push(deletedHead);
  return new Set(heads.map((head) => head + reference));
};

const nothing: ReadonlySet<string> = new Set();

type Moves = Omit<IndexMove, 'key'>;

/** Null where the index stays as it is. */
const filterMoves = (before: Indexed | null, after: Indexed | null): Moves | null => {
  // Most writes change no value, and a hash costs a microsecond.
  if (before && after?.reference === before.reference && isListedAlike(before.contact, after.contact))
    return null;
  // By member, not by value: a value that goes may share its member with one that stays.
  const [from, to] = [before ? filterMembers(before) : nothing, after ? filterMembers(after) : nothing];
  return {
    leaving: [...from].filter((member) => !to.has(member)),
    entering: [...to].filter((member) => !from.has(member)),
  };
};

const isNamedEqually = (before: Contact, after: Contact): boolean =>
  before.firstName === after.firstName && before.lastName === after.lastName;

/** Null where the index stays as it is. */
const orderMoves = (order: StandingOrder, before: Indexed | null, after: Indexed | null): Moves | null => {
  if (order !== 'updatedAt' && before && after?.reference === before.reference) {
    if (isNamedEqually(before.contact, after.contact)) return null;
  }
  const leaving = before && placeIn(order, before.reference, before.contact);
  const entering = after && placeIn(order, after.reference, after.contact);
  if (leaving === entering) return null;
  return { leaving: leaving === null ? [] : [leaving], entering: entering === null ? [] : [entering] };
};

/** What a write changes in the indexes; an index that stays as it is is left out. */
export const indexMoves = (
  keys: ContactKeys,
  id: string,
  states: { readonly before: StoredContact | null; readonly after: StoredContact | null },
): IndexMove[] => {
  const [before, after] = bothIndexed(whole(states.before), whole(states.after));
  const shard = shardOf(id);
  const moves: IndexMove[] = [];
  for (const order of standingOrders) {
    const made = orderMoves(order, before, after);
    if (made) moves.push({ key: keys.order(shard, order), ...made });
  }
  const made = filterMoves(before, after);
  if (made && made.leaving.length + made.entering.length > 0)
    moves.push({ key: keys.filters(shard), ...made });
  return moves;
};
