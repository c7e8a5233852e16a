/** Where a request comes from, as far as the gateway tells. */
export type Origin = {
  /** The plain address; empty where none is known. */
  readonly address: string;
  /** What counts as one client of that address. */
  readonly network: string;
  readonly userAgent: string;
};

/** A session that has not ended. Times are Unix milliseconds by the clock of the store. */
export type Session = {
  readonly id: string;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
};
