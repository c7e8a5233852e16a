import type { AcmeContact, EventType } from '@contact-sync/domain';

/** One webhook event as AcmeCRM's JSON has it. */
export type Webhook = {
  readonly id: string;
  readonly event: EventType;
  readonly timestamp: string;
  readonly data: { readonly id: string; readonly acme_version: number };
};

/** One event with what is true of the contact in AcmeCRM after it. */
export type SimulatedEvent = {
  readonly acmeId: string;
  readonly contactId: string;
  readonly version: number;
  /**
   * The contact's record from this event on, as a right system shows it: times in UTC, addresses trimmed. Null once it
   * is deleted.
   */
  readonly record: AcmeContact | null;
  readonly webhook: Webhook;
  /** Taken by ingest and never applied: it says something else of a version that there is already. */
  readonly conflicts?: true;
};

export type SimulatedContact = {
  readonly acmeId: string;
  readonly contactId: string;
  /** In the order in which they happened. */
  readonly events: readonly SimulatedEvent[];
};
