/** A contact and the highest version of it that others were told of; `erased` where that told of an erasure. */
export type Published = { readonly id: string; readonly version: number; readonly erased: boolean };

/** contact-service as a rewind sees it. */
export interface ContactLifter {
  /**
   * Lifts contacts above the versions of them that were published, and erases those that were told of as erased; gives
   * the ids of those that were below, 200 at most a call. A dry run writes nothing.
   *
   * @throws {AppError} retryable.
   */
  lift(contacts: readonly Published[], options: { readonly dryRun: boolean }): Promise<readonly string[]>;
}
