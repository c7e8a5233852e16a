import { type Static, Type } from 'typebox';
import { Findings } from './finding.ts';

const Count = Type.Integer({ minimum: 0 });

/** Deliveries that were refused with the same answer. `planted`: refused as they had to be. */
export const Refusal = Type.Object({
  status: Type.Integer(),
  code: Type.String(),
  count: Count,
  planted: Type.Boolean(),
});
export type Refusal = Static<typeof Refusal>;

/** Milliseconds from the start of an event's first POST until the public API shows its version or a higher one. */
export const Latency = Type.Object({
  samples: Count,
  /** Timed events that never showed; they are in no percentile. */
  unobserved: Count,
  p50Ms: Type.Union([Type.Number(), Type.Null()]),
  p99Ms: Type.Union([Type.Number(), Type.Null()]),
});
export type Latency = Static<typeof Latency>;

/** What became of a run. `sent` counts deliveries, not attempts: sent = accepted + refused + unanswered. */
export const Verdict = Type.Object({
  /** Nothing lost, doubled, unexpected or unverified, every delivery answered, refused exactly those planted. */
  ok: Type.Boolean(),
  sent: Count,
  accepted: Count,
  unanswered: Count,
  /** Attempts beyond the first, after 429, 5xx or no answer. */
  retries: Count,
  /** Accepted deliveries that ingest already knew. */
  duplicates: Count,
  refused: Type.Array(Refusal),
  ...Findings.properties,
  latency: Latency,
  /** Live contacts with many versions, to look at. */
  sampleContactIds: Type.Array(Type.String()),
});
export type Verdict = Static<typeof Verdict>;
