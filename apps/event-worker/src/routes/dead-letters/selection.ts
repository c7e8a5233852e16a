import type { LetterSelection } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { isPosition } from '../../letters/letter-order.ts';
import type { Selection } from '../../letters/select-letters.ts';

type Times = { readonly since?: string; readonly until?: string };

/** Times of the API as milliseconds since the epoch. */
export const filterOf = <Given extends Times>({ since, until, ...rest }: Given) => ({
  ...rest,
  ...(since !== undefined && { since: Date.parse(since) }),
  ...(until !== undefined && { until: Date.parse(until) }),
});

export const selectionOf = (select: LetterSelection): Selection =>
  'ids' in select ? { ids: select.ids } : { filter: filterOf(select.filter) };

export const toCursor = (position: string): string => Buffer.from(position).toString('base64url');

/** @throws {AppError} INVALID_CURSOR for one that no page gave. */
export const fromCursor = (cursor: string | undefined): { readonly after?: string } => {
  if (cursor === undefined) return {};
  const after = Buffer.from(cursor, 'base64url').toString();
  if (isPosition(after)) return { after };
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page gave.' });
};

export const nextCursorOf = (next: string | undefined) =>
  next === undefined ? {} : { nextCursor: toCursor(next) };
