import type { ApplyResult, SourceEvent } from '@contact-sync/domain';

/** contact-service's answer to a batch: an outcome an event, in order, or why it takes none of them. */
export type ApplyAnswer =
  | { readonly results: readonly ApplyResult[] }
  | { readonly refused: { readonly code: string; readonly pointer?: string } };

/** contact-service as the worker sees it. */
export interface ContactApplier {
  /**
   * Repeating a batch, whole or in part, is harmless. Where it is refused nothing was applied; the pointer is that of a
   * member of an event.
   *
   * @throws {AppError} retryable: DEPENDENCY_UNAVAILABLE where contact-service or auth-service takes nothing now, whoever
   *   asks; TIMEOUT or INTERNAL where it failed on this batch, of which an event may be the cause.
   */
  apply(
    events: readonly SourceEvent[],
    signal: AbortSignal,
    /** The trace that each event belongs to (W3C `traceparent`), in their order. */
    traceparents?: readonly (string | undefined)[],
  ): Promise<ApplyAnswer>;
}

/** Why a group is paused. */
export type PausedGroup = {
  /** What an operator accepts to let it go on. */
  readonly fingerprint: string;
  /** Too many records fail alike (design rule 8), or there are too many deletes (section 6). */
  readonly why: 'failures' | 'mass-writes';
  /** Milliseconds since the epoch. */
  readonly since: number;
};

/** A brake of a consumer group as an operator handles it. Every method throws retryable `AppError`s alone. */
export interface BrakeOperator {
  paused(): Promise<PausedGroup | undefined>;
  /** Whether the group was paused for it: every copy goes on within a second. */
  accept(fingerprint: string): Promise<boolean>;
}

/** A group with whatever may pause it. */
export type ConsumerGroup = { readonly group: string; readonly brakes: readonly BrakeOperator[] };
