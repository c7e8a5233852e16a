/** Names of the headers that tell where a record stood first; written with dead letters, retries and replays. */
export const originHeaders = {
  topic: 'x-original-topic',
  partition: 'x-original-partition',
  offset: 'x-original-offset',
  /** Milliseconds since the epoch. */
  timestamp: 'x-original-timestamp',
} as const;

/** Names of the headers that tell why a record failed; written with dead letters and retries. */
export const failureHeaders = {
  /** How often it has been tried, since its topic or since its last replay. */
  attempts: 'x-attempts',
  /** RFC 3339. */
  firstFailureAt: 'x-first-failure-at',
  /** RFC 3339. */
  lastFailureAt: 'x-last-failure-at',
  stage: 'x-stage',
  code: 'x-code',
  pointer: 'x-pointer',
  fingerprint: 'x-fingerprint',
  /** How many records the letter stands for, where it holds a batch of which none can be read. */
  records: 'x-records',
  /** What of the record the letter goes without because it would be too large. */
  omitted: 'x-omitted',
  valueBytes: 'x-value-bytes',
} as const;

/** Names of the headers that a record on a retry tier has beside those of its origin and its last failure. */
export const retryHeaders = {
  /** When it is to be tried, in milliseconds since the epoch. */
  dueAt: 'x-due-at',
} as const;

/** Names of the headers that tell of replays; carried from the first tier on to whatever the record becomes next. */
export const replayHeaders = {
  /** Which replay brought it here last. */
  id: 'replay-id',
  /** How often it has been replayed. */
  count: 'replay-count',
} as const;

/** Every name that is ours to write: found on a record of anybody else's it would be taken for our word. */
export const ownHeaderNames: ReadonlySet<string> = new Set([
  ...Object.values(originHeaders),
  ...Object.values(failureHeaders),
  ...Object.values(retryHeaders),
  ...Object.values(replayHeaders),
]);
