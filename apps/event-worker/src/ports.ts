import type { ApplyResult, SourceEvent } from '@contact-sync/domain';

/** contact-service as the worker sees it. */
export interface ContactApplier {
  /**
   * One outcome an event, in order; repeating a batch is harmless.
   *
   * @throws {AppError} retryable, where contact-service or auth-service gave no usable answer: no event is at fault.
   */
  apply(events: readonly SourceEvent[], signal: AbortSignal): Promise<readonly ApplyResult[]>;
}
