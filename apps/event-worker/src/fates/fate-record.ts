import type { FateName } from '@contact-sync/api-contracts';
import type { EventType } from '@contact-sync/domain';

/** Where a record stands, or stood first, in Kafka. */
export type Place = { readonly topic: string; readonly partition: number; readonly offset: string };

export type FateFault = { readonly stage: string; readonly code: string; readonly pointer?: string };

/** What is known of an event beside its id and content, as far as it could be read. */
export type EventHead = {
  readonly contactId?: string;
  readonly eventType?: EventType;
  readonly sourceVersion?: number;
  /** RFC 3339. */
  readonly receivedAt?: string;
  /** The shared secret that verified the delivery. */
  readonly secretId?: string;
};

/** What became of one record of an event in one attempt. Holds ids, versions and codes, and nothing of a person's. */
export type FateRecord = EventHead & {
  readonly eventId: string;
  /** The event's content: records of one content have one fate between them. */
  readonly content: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Where it stood first; of a quarantined item its place among the quarantined. */
  readonly origin: Place;
  /** Where it was read, if not there. */
  readonly place?: Place;
  readonly outcome: FateName | 'retry';
  /** The version of the contact that it made. */
  readonly version?: number;
  readonly fault?: FateFault;
  readonly replayId?: string;
};
