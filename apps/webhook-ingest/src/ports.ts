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

/** The durable log of accepted events. */
export interface EventLog {
  /**
   * Resolves once every in-sync replica has the event. One that was refused or came late may still become durable:
   * publishing it again is harmless downstream.
   *
   * @throws {AppError} retryable, within the configured deadline.
   */
  publish(event: SourceEvent, context: { readonly secretId: string }): Promise<void>;
}

/** An item that was signed rightly but is not valid. */
export type RefusedItem = {
  readonly value: unknown;
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

/** The window in which a repeated delivery is recognised. Losing it costs repeated work, never an event. */
export interface SeenEvents {
  /** Which keys are in the window; none of them where the store cannot tell. Never throws. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Puts keys into the window. Never throws. */
  remember(keys: readonly string[]): Promise<void>;
}

/** Hears what became of each item. */
export interface IngestObserver {
  item(outcome: 'accepted' | 'duplicate' | 'refused' | 'failed'): void;
}

/** All that the use cases need. */
export type IngestPorts = {
  readonly verifier: SignatureVerifier;
  readonly log: EventLog;
  readonly quarantine: Quarantine;
  readonly seen: SeenEvents;
  readonly observer: IngestObserver;
  /** Unix milliseconds. */
  readonly now: () => number;
};
