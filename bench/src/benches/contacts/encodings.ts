/** Settings of Redis by their names. */
export type Encodings = Readonly<Record<string, string>>;

/** What Redis 6.2 does by itself. */
export const defaultEncodings: Encodings = {
  'hash-max-ziplist-entries': '512',
  'hash-max-ziplist-value': '64',
};

/** What the redis.conf that is shipped says. */
export const shippedEncodings = async (): Promise<Encodings> => ({
  'hash-max-ziplist-entries': '128',
  'hash-max-ziplist-value': '8192',
});
