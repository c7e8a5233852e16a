import type { FieldError, SourceEvent } from '@contact-sync/domain';

/** A delivery as it came over the wire. */
export type SignedDelivery = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values in turn: only here a header that was sent twice can be told from a list. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
};

export type SignatureVerdict =
  | { readonly ok: true; readonly secretId: string }
  | {
      readonly ok: false;
      readonly code:
        | 'SIGNATURE_MISSING'
        | 'SIGNATURE_INVALID'
        | 'TIMESTAMP_INVALID'
        | 'TIMESTAMP_OUTSIDE_WINDOW';
    };

/** Whether a delivery is really from AcmeCRM: the signature over its raw bytes, then the time of the attempt. */
export interface SignatureVerifier {
  /** Never throws. `now` is our clock in Unix milliseconds. */
  verify(delivery: SignedDelivery & { readonly now: number }): SignatureVerdict;
}

/** Where an event is on the broker. */
export type LogPosition = { readonly topic: string; readonly partition: number; readonly offset: string };

/** The durable log of accepted events. */
export interface EventLog {
  /**
   * Resolves once every in-sync replica has the event. One that was refused or came late may still become durable:
   * publishing it again is harmless downstream.
   *
   * @throws {AppError} retryable, within the configured deadline.
   */
  publish(event: SourceEvent, context: { readonly secretId: string }): Promise<LogPosition>;
}

/** A delivery, or one item of it, that was signed rightly but is not valid. */
export type RefusedItem = {
  /** The bytes as received: of the delivery, or of the one item. */
  readonly body: Buffer;
  readonly reason: 'MALFORMED_BODY' | 'INVALID_BODY';
  /** Which item of the delivered array; undefined for the whole delivery. */
  readonly itemIndex: number | undefined;
  readonly eventId: string | undefined;
  readonly errors: readonly FieldError[];
  readonly receivedAt: string;
  readonly secretId: string;
};

/** Where refused items are kept for an operator (design rule 9). */
export interface Quarantine {
  /**
   * Resolves once the item is durable.
   *
   * @throws {AppError} retryable.
   */
  keep(item: RefusedItem): Promise<void>;
  /** Keeps items of a delivery that is answered 400 anyway, as far as the rate cap allows. Never throws. */
  offer(items: readonly RefusedItem[]): Promise<void>;
}

/** What makes a delivery a repeat (design rule 1), apart from its source: id and the hash of the canonical JSON. */
export type EventIdentity = { readonly eventId: string; readonly contentHash: string };

/** What we know of an accepted event. `receivedAt` is ISO 8601. */
export type Receipt = LogPosition & {
  readonly receivedAt: string;
  /** The secret that verified the delivery. */
  readonly secretId: string;
  readonly contactId: string;
  readonly sourceVersion: number;
};

/** How often a content came again, and when: the first times where there were many. */
export type Repeats = { readonly count: number; readonly at: readonly string[] };

/** One content under an event id; what a copy before the last update remembered may lack members. */
export type ReceivedContent = LogPosition &
  Partial<Receipt> & {
    readonly receivedAt: string;
    readonly contentHash: string;
    readonly duplicates?: Repeats;
  };

/** The window in which a repeated delivery is recognised. Losing it costs repeated work, never an event. */
export interface SeenEvents {
  /** Whether each is in the window; none of them where the store cannot tell. Never throws. */
  known(identities: readonly EventIdentity[]): Promise<readonly boolean[]>;
  /** Puts durable events into the window. Never throws. */
  remember(entries: readonly (EventIdentity & { readonly receipt: Receipt })[]): Promise<void>;
  /** Notes that contents of the window came again at a time (ISO 8601). Never throws. */
  repeated(identities: readonly EventIdentity[], at: string): Promise<void>;
  /**
   * What was accepted under each event id within the window, one entry a content, in the order of the ids.
   *
   * @throws {AppError} retryable.
   */
  receipts(eventIds: readonly string[]): Promise<readonly (readonly ReceivedContent[])[]>;
}

/** How fast the source may send. */
export interface SourceLimit {
  /** Counts one request. Never throws. */
  take(): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
}

/** Hears what became of deliveries and items. */
export interface IngestObserver {
  item(outcome: 'accepted' | 'duplicate' | 'ignored' | 'refused' | 'failed'): void;
  /** A delivery that is not from AcmeCRM, or not now. */
  unsigned(code: string): void;
}

/** All that the use cases need. */
export type IngestPorts = {
  readonly verifier: SignatureVerifier;
  readonly limit: SourceLimit;
  readonly log: EventLog;
  readonly quarantine: Quarantine;
  readonly seen: SeenEvents;
  readonly observer: IngestObserver;
  /** Unix milliseconds. */
  readonly now: () => number;
};
