import type { ContentFate, EventFate, Receipt, Receipts, SourceEvents } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { receivedContent } from './content-fate.ts';
import { deriveFate } from './derive-fate.ts';
import { contentsOf } from './event-contents.ts';
import type { EventRecords } from './fate-store.ts';
import type { FatePorts } from './ports.ts';

/** What ingest knows; undefined where it does not answer and records tell of every event that is asked for. */
const receiptsFor = async (
  { receipts }: FatePorts,
  events: readonly EventRecords[],
): Promise<readonly Receipts[] | undefined> => {
  try {
    return await receipts.receipts(events.map(({ eventId }) => eventId));
  } catch (error) {
    const isPassing = error instanceof AppError && error.retryable;
    if (isPassing && events.every(({ records }) => records.length > 0)) return undefined;
    throw error;
  }
};

/** Asks for each contact once. */
const createHistories = ({ history }: FatePorts) => {
  const asked = new Map<string, Promise<SourceEvents | undefined>>();
  return (contactId: string): Promise<SourceEvents | undefined> => {
    const answer = asked.get(contactId) ?? history.sourceEvents(contactId);
    asked.set(contactId, answer);
    return answer;
  };
};

type Histories = ReturnType<typeof createHistories>;

/** A content without a record: under way where its contact has not come so far, else as the contact remembers it. */
const unrecordedFate = async (
  histories: Histories,
  { eventId, keptSince }: { readonly eventId: string; readonly keptSince: number },
  receipt: Receipt,
): Promise<ContentFate> => {
  const content = receivedContent(receipt);
  const { contactId, sourceVersion, receivedAt } = receipt;
  if (contactId === undefined || sourceVersion === undefined) return content;
  if (Date.parse(receivedAt) >= keptSince) return content;
  const kept = await histories(contactId);
  if (kept?.sourceVersion === undefined || kept.sourceVersion < sourceVersion) return content;
  return { ...content, ...deriveFate(kept, { eventId, sourceVersion }), knownFrom: 'history' };
};

/** An event of which only its contact may know. */
const forgottenFate = async (
  histories: Histories,
  eventId: string,
  contactId: string,
): Promise<ContentFate[]> => {
  const kept = await histories(contactId);
  const derived = kept && deriveFate(kept, { eventId });
  if (derived === undefined) return [];
  const bare = { source: 'acmecrm', contactId, knownFrom: 'history' } as const;
  return [{ ...bare, ...derived, received: [], attempts: [], replays: [] }];
};

/**
 * What became of events, in the order of their ids; an event that nobody knows has no contents. `contactId` names the
 * contact whose history is asked where neither a record nor ingest tells of an event.
 *
 * @throws {AppError} retryable, where what is needed for an answer is away.
 */
export const readEventFates = async (
  ports: FatePorts,
  eventIds: readonly string[],
  { contactId }: { readonly contactId?: string | undefined } = {},
): Promise<EventFate[]> => {
  const [events, keptSince] = await Promise.all([ports.store.ofEvents(eventIds), ports.store.keptSince()]);
  const receipts = await receiptsFor(ports, events);
  const histories = createHistories(ports);
  return Promise.all(
    events.map(async ({ eventId, records }, index) => {
      const { recorded, unrecorded } = contentsOf(records, receipts?.[index]?.contents ?? []);
      const others = await Promise.all(
        unrecorded.map((receipt) => unrecordedFate(histories, { eventId, keptSince }, receipt)),
      );
      const known = [...recorded, ...others];
      const contents =
        known.length === 0 && contactId !== undefined
          ? await forgottenFate(histories, eventId, contactId)
          : known;
      return { eventId, contents, ...(receipts === undefined && { incomplete: true as const }) };
    }),
  );
};

/** @throws {AppError} NOT_FOUND, and as {@link readEventFates} does. */
export const readEventFate = async (
  ports: FatePorts,
  eventId: string,
  options: { readonly contactId?: string | undefined },
): Promise<EventFate> => {
  const [event] = await readEventFates(ports, [eventId], options);
  if (event === undefined || event.contents.length === 0)
    throw new AppError('NOT_FOUND', { message: 'Nothing is known of such an event any more, or yet.' });
  return event;
};
