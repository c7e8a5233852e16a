/** Work that one copy does at a time. */
export interface Lease {
  /** Takes or renews it; false while another copy has it. Throws retryable `AppError`s alone. */
  take(): Promise<boolean>;
  release(): Promise<void>;
}
