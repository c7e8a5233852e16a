import { AppError } from '@contact-sync/domain';

/** A place in the change feed of one generation of the store. */
export type FeedPlace = { readonly generation: string; readonly sequence: number };

/** A place in the feed as text for a client. */
export const toFeedCursor = ({ generation, sequence }: FeedPlace): string =>
  Buffer.from(`${generation}:${sequence}`, 'latin1').toString('base64url');

const place = /^([0-9a-f]{1,64}):(0|[1-9]\d{0,15})$/;

/**
 * The way back from {@link toFeedCursor}.
 *
 * @throws {AppError} INVALID_CURSOR where no page of a feed can have given it.
 */
export const fromFeedCursor = (cursor: string): FeedPlace => {
  const [, generation, digits] = place.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const sequence = Number(digits);
  if (generation !== undefined && Number.isSafeInteger(sequence)) {
    const found = { generation, sequence };
    if (toFeedCursor(found) === cursor) return found;
  }
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page of the feed gave.' });
};
