import type { PlannedWrite, WriteOutcome } from '@contact-sync/domain';

/** What is under way from the moment that it is planned. */
export type Write = Extract<PlannedWrite, { readonly kind: 'create' | 'patch' | 'delete' }>;

/** contact-service as the writer sees it: it knows what differs, the writer only carries. */
export interface WritePlanner {
  /**
   * One plan an id, in order. Each write among them is under way until its outcome is told.
   *
   * @throws {AppError} retryable.
   */
  plan(ids: readonly string[], signal: AbortSignal): Promise<readonly PlannedWrite[]>;
  /**
   * Tells how writes ended that AcmeCRM did not answer with a record; repeats are harmless.
   *
   * @throws {AppError} retryable.
   */
  settle(outcomes: readonly WriteOutcome[], signal: AbortSignal): Promise<void>;
}

/** A delete that somebody caused at that time, in milliseconds since the epoch. */
export type Destructive = { readonly id: string; readonly causedAt: number };

/** Stops mass deletes, whichever way they go (design section 6, point 5; of overwrites ADR 54). */
export interface WriteBrake {
  /**
   * Whether it may be done. One that is one too many brakes the group for good: until an operator accepts, nothing is
   * admitted, and then what was caused before that.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE, retryable, where Redis does not answer.
   */
  admit(what: Destructive): Promise<boolean>;
  /** Whether the group is braked for what was caused then. @throws {AppError} as `admit`. */
  holds(causedAt: number): Promise<boolean>;
}

/** Why the writer waits for an operator: since when, in milliseconds since the epoch, and after how many. */
export type BrakedWrites = { readonly since: number; readonly counted: number };

/** The brake as an operator handles it. */
export interface WriteBrakeOperator {
  braked(): Promise<BrakedWrites | undefined>;
  /** Lets through what was caused until now and no more; false where nothing was braked. */
  accept(): Promise<boolean>;
}
