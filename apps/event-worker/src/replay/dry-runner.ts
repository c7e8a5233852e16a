import type { ApplyResult, SourceEvent } from '@contact-sync/domain';

/** contact-service as a dry run sees it. */
export interface DryRunner {
  /**
   * What the events would come to one after the other, one for one, with what would change in the contact. Nothing is
   * written.
   *
   * @throws {AppError} retryable.
   */
  dryRun(events: readonly SourceEvent[]): Promise<readonly ApplyResult[]>;
}
