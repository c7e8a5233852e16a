import { AppError, type Contact, type HistoryEntry, type Mirror } from '@contact-sync/domain';
import type { ContactList } from '../domain/lists/contact-list.ts';
import { fromListCursor, toListCursor } from '../domain/lists/list-cursor.ts';
import type { ContactJson, ContactReader, ContactStore, Page } from '../ports.ts';

const notFound = (): AppError => new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });

/** @throws {AppError} CONTACT_NOT_FOUND also for one that is known by its delete alone. */
export const readContact = async (
  reader: ContactReader,
  id: string,
  options: { readonly fresh: boolean },
): Promise<ContactJson> => {
  const found = await reader.read(id, options);
  if (found === null) throw notFound();
  return found;
};

/** @throws {AppError} CONTACT_NOT_FOUND for a contact that AcmeCRM never told us of. */
export const readMirror = async (store: ContactStore, id: string): Promise<Mirror> => {
  const mirror = await store.mirror(id);
  if (mirror === null) throw notFound();
  return mirror;
};

const invalidCursor = (): AppError =>
  new AppError('INVALID_CURSOR', { message: 'The cursor is not one that a page gave.' });

const toCursor = (sequence: number): string => Buffer.from(String(sequence), 'utf8').toString('base64url');

/** A sequence in the one spelling that {@link toCursor} gives it. */
const fromCursor = (cursor: string): number => {
  const sequence = Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!(Number.isSafeInteger(sequence) && sequence > 0) || toCursor(sequence) !== cursor)
    throw invalidCursor();
  return sequence;
};

export type ListRequest = {
  readonly list: ContactList;
  readonly limit: number;
  readonly cursor: string | undefined;
};

/** @throws {AppError} INVALID_CURSOR for one that a page of another list gave, too. */
export const listContacts = async (
  store: ContactStore,
  { list, limit, cursor }: ListRequest,
): Promise<Page<Contact>> => {
  const after = cursor === undefined ? {} : { after: fromListCursor(list, cursor) };
  const { items, next } = await store.list({ ...list, limit, ...after });
  return next === undefined ? { items } : { items, next: toListCursor(list, next) };
};

/**
 * Newest first; a contact that is known only by its delete has history too.
 *
 * @throws {AppError} CONTACT_NOT_FOUND where there is no history, INVALID_CURSOR.
 */
export const readHistory = async (
  store: ContactStore,
  id: string,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): Promise<Page<HistoryEntry>> => {
  const before = cursor === undefined ? undefined : fromCursor(cursor);
  const entries = await store.history(id, { limit: limit + 1, ...(before !== undefined && { before }) });
  if (entries.length === 0 && before === undefined) throw notFound();
  const items = entries.slice(0, limit);
  const last = items.at(-1);
  return entries.length > limit && last ? { items, next: toCursor(last.sequence) } : { items };
};
