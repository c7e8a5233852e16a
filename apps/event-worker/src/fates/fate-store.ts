import type { FateRecord } from './fate-record.ts';

/** What is recorded of one event, oldest first. */
export type EventRecords = { readonly eventId: string; readonly records: readonly FateRecord[] };

/** `next`: the position to go on after; absent where there are no more. */
export type EventPage = { readonly events: readonly EventRecords[]; readonly next?: number };

/**
 * What became of events, kept for a time and up to a number of events; the oldest are forgotten first, an event whole.
 * Every method throws only retryable `AppError`s.
 */
export interface FateStore {
  /** All of them or none. Records of one content add up: a repeat is one more attempt, and never takes the place of another. */
  record(records: readonly FateRecord[]): Promise<void>;
  /** In the order of the ids; an event that is not known has no records. */
  ofEvents(eventIds: readonly string[]): Promise<EventRecords[]>;
  /** The events of a contact, the one that was recorded last at first, behind the position. */
  ofContact(contactId: string, page: { readonly limit: number; readonly after?: number }): Promise<EventPage>;
  /** From when on every event that was recorded is still there, in milliseconds since the epoch. */
  keptSince(): Promise<number>;
  /** Forgets events that are too old, also where none comes any more. */
  forgetOld(): Promise<void>;
  /** Forgets all that records say of a contact, and gives how many events that were. */
  forgetContact(contactId: string): Promise<number>;
}
