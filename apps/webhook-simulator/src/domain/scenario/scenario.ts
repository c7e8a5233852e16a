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
  /** The contact's record from this event on; null once it is deleted. */
  readonly record: AcmeContact | null;
  readonly webhook: Webhook;
};

/**
 * How a contact's life goes. `deleteFirst` and `deleted` live the same life; of the first, the delete is delivered
 * before everything else.
 */
export type LifeKind = 'plain' | 'deleted' | 'deleteFirst' | 'revived';

export type SimulatedContact = {
  readonly acmeId: string;
  readonly contactId: string;
  readonly kind: LifeKind;
  /** By rising version, from 1 without a gap. */
  readonly events: readonly SimulatedEvent[];
};

/** Everything that happens in AcmeCRM during a run. */
export type Scenario = { readonly contacts: readonly SimulatedContact[] };
