import type { SourceEvents } from '@contact-sync/api-contracts';
import { AppError, type HistoryEntry } from '@contact-sync/domain';
import type { ContactStore } from '../ports.ts';
import { ownIdOf } from './follow-link.ts';

/** More than any contact has kept by default. */
const mostEntries = 1_000;

const eventOf = ({ sequence, at, sourceEventId, sourceVersion, version }: HistoryEntry) =>
  sourceEventId === undefined || sourceVersion === undefined
    ? []
    : [{ sequence, eventId: sourceEventId, at, sourceVersion, ...(version !== undefined && { version }) }];

/**
 * The events of AcmeCRM that history still has, newest first, and the version that was taken last.
 *
 * @throws {AppError} CONTACT_NOT_FOUND where neither AcmeCRM nor our API ever told of the contact.
 */
export const readSourceEvents = async (store: ContactStore, named: string): Promise<SourceEvents> => {
  // Events of a linked record are told of under the id that the record makes.
  const id = await ownIdOf(store, named);
  const [entries, mirror] = await Promise.all([store.history(id, { limit: mostEntries }), store.mirror(id)]);
  if (entries.length === 0 && mirror === null)
    throw new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });
  return {
    ...(mirror !== null && { sourceVersion: mirror.sourceVersion }),
    isComplete: entries.at(-1)?.sequence === 1,
    events: entries.flatMap(eventOf),
  };
};
