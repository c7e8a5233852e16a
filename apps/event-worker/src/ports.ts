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

/** The brake of a consumer group as an operator handles it (design rule 8). */
export interface BrakeOperator {
  /**
   * Records that fail with this fingerprint do not count for 24 hours. True where the group was paused for it: every copy
   * goes on within a second.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE, retryable, where Redis does not answer.
   */
  accept(fingerprint: string): Promise<boolean>;
}
