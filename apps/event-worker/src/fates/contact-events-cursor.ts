import { AppError } from '@contact-sync/domain';

/** Where a walk over a contact's events goes on: among those that are recorded, or behind them in its history. */
export type EventsPosition =
  | { readonly among: 'records'; readonly after?: number }
  | { readonly among: 'history'; readonly after?: number };

const letters = { records: 'r', history: 'h' } as const;

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

export const toEventsCursor = ({ among, after }: EventsPosition): string =>
  encode(`${letters[among]}${after ?? ''}`);

/** @throws {AppError} INVALID_CURSOR for what {@link toEventsCursor} never gave. */
export const fromEventsCursor = (cursor: string | undefined): EventsPosition => {
  if (cursor === undefined) return { among: 'records' };
  const [, letter, digits = ''] =
    /^([rh])(\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const after = digits === '' ? {} : { after: Number(digits) };
  const position = { among: letter === 'h' ? 'history' : 'records', ...after } as const;
  if (letter !== undefined && toEventsCursor(position) === cursor) return position;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page gave.' });
};
