/** contact-service as a rewind sees it. */
export interface ContactLifter {
  /**
   * Lifts contacts above the versions of them that were published; gives the ids of those that were below, 200 at most a
   * call. A dry run writes nothing.
   *
   * @throws {AppError} retryable.
   */
  lift(
    contacts: readonly { readonly id: string; readonly version: number }[],
    options: { readonly dryRun: boolean },
  ): Promise<readonly string[]>;
}
