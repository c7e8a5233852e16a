import type { QuarantinedDelivery } from '@contact-sync/kafka';

/** What ingest made of one event of a delivery; `event` stands in dry runs. */
export type ReplayedItem = {
  readonly eventId?: string;
  readonly status: 'accepted' | 'duplicate' | 'ignored' | 'refused';
  readonly code?: string;
  readonly pointer?: string;
  readonly event?: unknown;
};

/** webhook-ingest as a replay sees it. */
export interface DeliveryReplayer {
  /**
   * Judges a quarantined delivery again and, where it is no dry run, publishes what is valid by now.
   *
   * @throws {AppError} retryable.
   */
  replay(
    delivery: QuarantinedDelivery,
    options: { readonly dryRun: boolean },
  ): Promise<readonly ReplayedItem[]>;
}

/** How many events come live. */
export interface LiveRate {
  /**
   * Events a second, over all copies, since it was asked last.
   *
   * @throws {AppError} retryable.
   */
  perSecond(): Promise<number>;
}
