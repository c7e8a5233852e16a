import { AppError } from '@contact-sync/domain';

const position = /^\d{1,16}-[0-9a-f]{16}$/;

/** A entry of the conflict inbox as text for a client. */
export const toConflictCursor = (text: string): string => Buffer.from(text, 'latin1').toString('base64url');

/**
 * The way back from {@link toConflictCursor}.
 *
 * @throws {AppError} INVALID_CURSOR where no page can have given it.
 */
export const fromConflictCursor = (cursor: string): string => {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (position.test(text) && toConflictCursor(text) === cursor) return text;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page of conflicts gave.' });
};
