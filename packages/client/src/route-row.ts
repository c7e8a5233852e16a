/** What of a contract a client needs when it runs; the rest is types. */
export type RouteRow = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent without a token. */
  readonly public?: true;
  readonly form?: true;
  readonly idempotencyKey?: true;
};
