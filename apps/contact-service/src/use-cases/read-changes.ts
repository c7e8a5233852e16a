import { AppError, isDeleted } from '@contact-sync/domain';
import { fromFeedCursor, toFeedCursor } from '../domain/feed-cursor.ts';
import type { ContactStore, FeedEntry, FeedPage } from '../ports.ts';

export type ChangesRequest = { readonly limit: number; readonly after: string | undefined };

export type Change = FeedEntry & { readonly type: 'created' | 'updated' | 'deleted' };

export type ChangesPage = Pick<FeedPage, 'isEnd'> & {
  readonly changes: readonly Change[];
  readonly next: string;
};

/** What the newest change of a contact was, told from the contact: a first version was made, a later one altered. */
const typeOf = ({ contact, version }: FeedEntry): Change['type'] => {
  if (contact === undefined || isDeleted(contact)) return 'deleted';
  return version === 1 ? 'created' : 'updated';
};

/**
 * The changes after a cursor, and the cursor to go on with, which every page has.
 *
 * @throws {AppError} INVALID_CURSOR, CURSOR_EXPIRED where changes before the cursor were lost.
 */
export const readChanges = async (
  store: Pick<ContactStore, 'changes'>,
  { limit, after }: ChangesRequest,
): Promise<ChangesPage> => {
  const page = await store.changes({ limit, ...(after !== undefined && { after: fromFeedCursor(after) }) });
  if (page === null) {
    throw new AppError('CURSOR_EXPIRED', { message: 'Changes before this cursor were lost; begin anew.' });
  }
  return {
    changes: page.entries.map((entry) => ({ ...entry, type: typeOf(entry) })),
    next: toFeedCursor(page),
    isEnd: page.isEnd,
  };
};
