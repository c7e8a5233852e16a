import type { ApplyResult, SourceEvent } from '@contact-sync/domain';

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
