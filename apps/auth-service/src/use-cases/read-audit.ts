import { AppError } from '@contact-sync/domain';
import type { AuditTrail, NotedEntry, Page, TrailName } from '../ports.ts';

export type AuditQuery = {
  readonly trail: TrailName;
  readonly limit: number;
  /** Of the page before. */
  readonly cursor?: string | undefined;
  /** The entry after which a reader goes on, oldest first. */
  readonly after?: string | undefined;
};

const invalidCursor = (message: string): AppError => new AppError('INVALID_CURSOR', { message });

const cursorOf = (trail: TrailName, direction: 'back' | 'on', id: string): string =>
  Buffer.from(`${trail} ${direction} ${id}`).toString('base64url');

const placeOf = (trail: TrailName, cursor: string): { direction: 'back' | 'on'; id: string } => {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, of, direction, id = ''] = /^(\w+) (back|on) (\d{1,20}-\d{1,20})$/.exec(text) ?? [];
  if (of === trail && (direction === 'back' || direction === 'on')) return { direction, id };
  throw invalidCursor('The cursor is not one that a page of this trail gave.');
};

/**
 * A page of a trail: newest first, or from an entry on, oldest first.
 *
 * @throws {AppError} INVALID_CURSOR, also beside `after`.
 */
export const readAudit = async (
  trail: AuditTrail,
  { trail: name, limit, cursor, after }: AuditQuery,
): Promise<Page<NotedEntry>> => {
  if (cursor !== undefined && after !== undefined) {
    throw invalidCursor('A page begins at a cursor or after an entry, not both.');
  }
  const place = cursor === undefined ? undefined : placeOf(name, cursor);
  const from = after ?? (place?.direction === 'on' ? place.id : undefined);
  // One more than asked tells whether there is a next page.
  const read =
    from === undefined
      ? await trail.readBack(name, { limit: limit + 1, before: place?.id })
      : await trail.readOn(name, { limit: limit + 1, after: from });
  const items = read.slice(0, limit);
  const last = items.at(-1);
  if (read.length <= limit || !last) return { items };
  return { items, next: cursorOf(name, from === undefined ? 'back' : 'on', last.id) };
};
