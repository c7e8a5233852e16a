import type { Receipts, SourceEvents } from '@contact-sync/api-contracts';
import type { FateStore } from './fate-store.ts';

/** What ingest accepted, as it remembers it within the dedupe window. */
export interface ReceiptReader {
  /**
   * In the order of the ids, at most 100; of an id that it does not know there are no contents.
   *
   * @throws {AppError} retryable.
   */
  receipts(eventIds: readonly string[]): Promise<readonly Receipts[]>;
}

/** What contacts have kept of the events that made them. */
export interface SourceHistory {
  /**
   * Undefined for a contact that nobody ever told of.
   *
   * @throws {AppError} retryable.
   */
  sourceEvents(contactId: string): Promise<SourceEvents | undefined>;
}

export type FatePorts = {
  readonly store: FateStore;
  readonly receipts: ReceiptReader;
  readonly history: SourceHistory;
};
