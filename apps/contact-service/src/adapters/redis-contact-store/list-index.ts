import { type Contact, isStub, type StoredContact } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import type { ListOrder } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';

/**
 * Each order is a sorted set of equal scores whose members `<sort value> NUL <id>` Redis keeps in byte order: a
 * position is a member, so a walk that goes on after it can neither skip nor repeat a contact that stood still.
 */
const separator = '\u0000';

const sortKeyLength = 64;

/** Case and accents do not part people of one name in a list. */
const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .slice(0, sortKeyLength)
    .replaceAll(separator, ' ');

const sortValue: Readonly<Record<ListOrder['by'], (contact: Contact) => string>> = {
  updatedAt: ({ updatedAt }) => updatedAt,
  createdAt: ({ createdAt }) => createdAt,
  lastName: ({ lastName }) => nameKey(lastName),
};

const orders = Object.keys(sortValue) as readonly ListOrder['by'][];

/** A contact's place in an order; null for one that no list shows. */
export const positionOf = (stored: StoredContact | null, by: ListOrder['by']): string | null =>
  stored === null || isStub(stored) ? null : `${sortValue[by](stored)}${separator}${stored.id}`;

/** The contact that stands at a position. */
export const idAt = (position: string): string => position.slice(position.lastIndexOf(separator) + 1);

/** Every sorted set that a contact stands in, with its position there. */
export const placesOf = (keys: ContactKeys, id: string, stored: StoredContact | null): [string, string][] =>
  orders.flatMap((by) => {
    const position = positionOf(stored, by);
    return position === null ? [] : [[keys.order(shardOf(id), by), position]];
  });
