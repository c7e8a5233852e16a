import { AppError } from '@contact-sync/domain';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where a list by falling id goes on. @throws {AppError} INVALID_CURSOR */
export const afterCursor = (cursor: string | undefined): { readonly before?: string } => {
  if (cursor === undefined) return {};
  if (uuid.test(cursor)) return { before: cursor };
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is none of this list.' });
};

/** A page of such a list, and where the next one begins. */
export const withCursor = <Item>(items: Item[], next: string | undefined) =>
  next === undefined ? { items } : { items, nextCursor: next };
