import { AppError } from '@contact-sync/domain';
import type { Page } from '../ports.ts';

const toCursor = (id: string): string => Buffer.from(id).toString('base64url');

/**
 * The id after which a page begins.
 *
 * @throws {AppError} INVALID_CURSOR for a text that no page gave.
 */
export const idOfCursor = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (/^[\w.-]{1,64}$/.test(id) && toCursor(id) === cursor) return id;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page gave.' });
};

/** A page as its route answers it. */
export const pageOf = <Item, Answer>({ items, next }: Page<Item>, toAnswer: (item: Item) => Answer) => ({
  items: items.map(toAnswer),
  ...(next !== undefined && { nextCursor: toCursor(next) }),
});
