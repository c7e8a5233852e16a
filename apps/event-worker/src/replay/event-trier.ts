import type { ApplyResult, PlannedWrite, SourceEvent } from '@contact-sync/domain';

/** contact-service as replays and rewinds see it: every event gets its own result, whatever the others are. */
export interface EventTrier {
  /**
   * Applies events one after the other, one result for each in their order; `dryRun` writes nothing, and tells what would
   * change in the contact.
   *
   * @throws {AppError} retryable.
   */
  apply(
    events: readonly SourceEvent[],
    options: { readonly dryRun: boolean },
  ): Promise<readonly ApplyResult[]>;
}

/** contact-service's plans, asked for nothing but to know them. */
export interface WriteTrier {
  /** What would be written of these contacts now, in their order; stores nothing. @throws {AppError} retryable. */
  plan(ids: readonly string[]): Promise<readonly PlannedWrite[]>;
}
