import type { EventFate, SourceEvents } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { type EventsPosition, fromEventsCursor, toEventsCursor } from './contact-events-cursor.ts';
import { contentsOf } from './event-contents.ts';
import type { EventRecords } from './fate-store.ts';
import type { FatePorts } from './ports.ts';

export type EventsRequest = { readonly limit: number; readonly cursor: string | undefined };

export type EventsPage = { readonly items: readonly EventFate[]; readonly nextCursor?: string };

const isPassing = (error: unknown): boolean => error instanceof AppError && error.retryable;

/** Recorded events with ingest's verdicts, or without where it does not answer. */
const withReceipts = async (
  { receipts }: FatePorts,
  events: readonly EventRecords[],
): Promise<EventFate[]> => {
  if (events.length === 0) return [];
  const answers = await receipts.receipts(events.map(({ eventId }) => eventId)).catch((error: unknown) => {
    if (isPassing(error)) return undefined;
    throw error;
  });
  return events.map(({ eventId, records }, index) => ({
    eventId,
    contents: [...contentsOf(records, answers?.[index]?.contents ?? []).recorded],
    ...(answers === undefined && { incomplete: true as const }),
  }));
};

type KeptEvent = SourceEvents['events'][number];

const eventOf = (contactId: string, { eventId, at, sourceVersion, version }: KeptEvent): EventFate => ({
  eventId,
  contents: [
    {
      source: 'acmecrm',
      contactId,
      sourceVersion,
      fate: 'applied',
      settledAt: at,
      ...(version !== undefined && { version }),
      knownFrom: 'history',
      received: [],
      attempts: [],
      replays: [],
    },
  ],
});

/** Events that only history knows, below a sequence. */
const historyPage = async (
  { store, history }: FatePorts,
  contactId: string,
  { limit, after = Number.POSITIVE_INFINITY }: { readonly limit: number; readonly after?: number },
): Promise<EventsPage> => {
  const kept = await history.sourceEvents(contactId);
  if (kept === undefined) throw new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });
  const older = kept.events.filter(({ sequence }) => sequence < after);
  const recorded = await store.ofEvents(older.map(({ eventId }) => eventId));
  const unrecorded = older.filter((_, index) => recorded[index]?.records.length === 0);
  const shown = unrecorded.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map((event) => eventOf(contactId, event));
  const isMore = unrecorded.length > limit && last !== undefined;
  return isMore
    ? { items, nextCursor: toEventsCursor({ among: 'history', after: last.sequence }) }
    : { items };
};

const historyBegins: EventsPosition = { among: 'history' };

/** What is left of a page behind the last recorded event; where history cannot be read the next page asks for it again. */
const filledFromHistory = async (
  ports: FatePorts,
  contactId: string,
  { items, limit }: { readonly items: readonly EventFate[]; readonly limit: number },
): Promise<EventsPage> => {
  if (items.length === limit) return { items, nextCursor: toEventsCursor(historyBegins) };
  try {
    const rest = await historyPage(ports, contactId, { limit: limit - items.length });
    return { ...rest, items: [...items, ...rest.items] };
  } catch (error) {
    if (items.length === 0) throw error;
    if (isPassing(error)) return { items, nextCursor: toEventsCursor(historyBegins) };
    // None of its events may have come to a contact.
    if (error instanceof AppError && error.code === 'CONTACT_NOT_FOUND') return { items };
    throw error;
  }
};

/**
 * A contact's events, newest first: those that are recorded, then those that only its history knows. A page may be short
 * and still have a next one.
 *
 * @throws {AppError} CONTACT_NOT_FOUND, INVALID_CURSOR, and retryable ones.
 */
export const listContactEvents = async (
  ports: FatePorts,
  contactId: string,
  { limit, cursor }: EventsRequest,
): Promise<EventsPage> => {
  const { among, ...position } = fromEventsCursor(cursor);
  if (among === 'history') return historyPage(ports, contactId, { limit, ...position });
  const { events, next } = await ports.store.ofContact(contactId, { limit, ...position });
  const items = await withReceipts(ports, events);
  if (next !== undefined) return { items, nextCursor: toEventsCursor({ among: 'records', after: next }) };
  return filledFromHistory(ports, contactId, { items, limit });
};
