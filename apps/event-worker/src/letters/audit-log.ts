/** Something that somebody did about letters. */
export type AuditEntry = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The id of the user or machine. */
  readonly by: string;
  readonly action: 'replay' | 'cancel' | 'discard' | 'rebuild' | 'rewind' | 'sweep' | 'erase';
  readonly reason?: string;
  readonly letters?: number;
  readonly replayId?: string;
};

/** The last things that were done about letters. Both methods throw retryable `AppError`s alone. */
export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  last(limit: number): Promise<readonly AuditEntry[]>;
}
