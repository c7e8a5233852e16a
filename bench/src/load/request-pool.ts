/** One request, ready to be sent. */
export type LoadRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The requests of one turn. */
export type RequestPool = {
  readonly requests: readonly LoadRequest[];
  /** Whether a request may be sent twice; one that a receiver would know again may not. */
  readonly reusable: boolean;
  /** What one request counts for: 1, or the length of the array that it brings. */
  readonly operationsPerRequest: number;
};

/** Each connection's own share: dealt out in turns where a request is sent once, everything to all where it may repeat. */
export const sharesOf = ({ requests, reusable }: RequestPool, connections: number): LoadRequest[][] => {
  const shares = Array.from({ length: connections }, (_, connection) =>
    requests.filter((_, index) => index % connections === connection),
  );
  if (shares.every((share) => share.length > 0)) return shares;
  if (reusable) return shares.map(() => [...requests]);
  throw new RangeError(`${requests.length} requests are not enough for ${connections} connections`);
};
