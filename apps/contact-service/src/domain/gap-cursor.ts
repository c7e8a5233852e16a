import { AppError } from '@contact-sync/domain';

const position = /^\d{1,16}\/\S{1,64} [1-9]\d{0,15} [1-9]\d{0,15}$/;

/** A position among gaps as text for a client. */
export const toGapCursor = (text: string): string => Buffer.from(text, 'latin1').toString('base64url');

/**
 * The way back from {@link toGapCursor}.
 *
 * @throws {AppError} INVALID_CURSOR where no page can have given it.
 */
export const fromGapCursor = (cursor: string): string => {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (position.test(text) && toGapCursor(text) === cursor) return text;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page of gaps gave.' });
};
