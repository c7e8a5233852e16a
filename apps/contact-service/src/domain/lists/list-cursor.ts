import { hash } from 'node:crypto';
import { AppError } from '@contact-sync/domain';
import type { ContactList } from './contact-list.ts';
import { isPosition } from './list-position.ts';

const markLength = 12;

/** What tells lists apart; the size of a page does not. */
const markOf = ({ order, filters = {}, includeDeleted }: ContactList): string => {
  const asked = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([order.by, order.descending, includeDeleted, asked]);
  return hash('sha256', text, 'base64url').slice(0, markLength);
};

/** A position in a list, as text for a client; of no use for another list. */
export const toListCursor = (list: ContactList, position: string): string =>
  Buffer.from(markOf(list) + position, 'utf8').toString('base64url');

/**
 * The way back from {@link toListCursor}.
 *
 * @throws {AppError} INVALID_CURSOR where no page of this list can have given it.
 */
export const fromListCursor = (list: ContactList, cursor: string): string => {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const position = text.slice(markLength);
  if (toListCursor(list, position) === cursor && isPosition(list.order.by, position)) return position;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page of this list gave.' });
};
