/** How a route counts against the limits of its caller (design section 4); rates are settings of the gateway. */
export type LimitClass = keyof typeof limitClasses;

/**
 * Tokens that one request of a class takes. `login` and `refresh` have buckets of their own, by address; all others of
 * a caller share one bucket.
 */
export const limitClasses = {
  login: { cost: 1, bucket: 'login' },
  refresh: { cost: 1, bucket: 'refresh' },
  read: { cost: 1, bucket: 'calls' },
  write: { cost: 1, bucket: 'calls' },
  heavy: { cost: 10, bucket: 'calls' },
} as const;
