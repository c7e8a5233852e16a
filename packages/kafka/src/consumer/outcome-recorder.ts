import type { Origin } from './consumed-record.ts';
import type { RecordFault } from './outcome.ts';

/** A record's failure with what all failures of its cause have in common. */
export type RecordFailure = RecordFault & { readonly fingerprint: string };

/** The replay that brought a record back: which, and how many there have been with it. */
export type ReplayMark = { readonly id: string; readonly count: number };

/**
 * Where a record goes from here. One that has to wait in its place is not among them: nothing of it is committed or
 * recorded, and it comes again.
 */
export type RecordRoute =
  | { readonly kind: 'done'; readonly fate?: string; readonly version?: number }
  | {
      readonly kind: 'tier';
      readonly topic: string;
      /** When it is tried again, in milliseconds since the epoch. */
      readonly dueAt: number;
      readonly failure: RecordFailure;
    }
  | { readonly kind: 'letter'; readonly topic: string; readonly failure: RecordFailure };

/** What became of one record in one attempt. */
export type RecordOutcome<Value> = {
  /** Where it was read: on a topic of events, or on a retry tier. */
  readonly position: Origin;
  /** Where it stood first, carried through tiers and replays; its id among dead letters. */
  readonly origin: Origin;
  readonly key: string | null;
  /** As text: of a name that stands more than once the last. Those of ours are believed on tiers only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where it could not be decoded. */
  readonly value?: Value;
  /** From 1, since its topic or since its last replay. */
  readonly attempt: number;
  /** When this attempt was judged, in milliseconds since the epoch. */
  readonly at: number;
  /** RFC 3339; absent where it never failed. */
  readonly firstFailureAt?: string;
  /** Absent where it was never replayed. */
  readonly replay?: ReplayMark;
  readonly route: RecordRoute;
};

/** Keeps what became of records. */
export interface OutcomeRecorder<Value> {
  /**
   * Called once for what is settled of a batch, in its order, after its letters and retries are durable and before its
   * offsets are committed. Where it rejects nothing is committed, the partition waits, and the same records come again
   * with outcomes that may differ (a repeat may be a `duplicate` then): the first fate of a content wins.
   */
  record(outcomes: readonly RecordOutcome<Value>[]): Promise<void>;
}
