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

export const Fates = Type.Object({
  applied: Count,
  unchanged: Count,
  superseded: Count,
  duplicate: Count,
  dead_letter: Count,
});
export type Fates = Static<typeof Fates>;

/** One scenario's share of a verdict; findings are counted. */
export const ScenarioVerdict = Type.Object({
  name: Type.String(),
  ok: Type.Boolean(),
  sent: Count,
  accepted: Count,
  refused: Count,
  unanswered: Count,
  retries: Count,
  duplicates: Count,
  contacts: Count,
  lost: Count,
  doubled: Count,
  unexpected: Count,
  unverified: Count,
});
export type ScenarioVerdict = Static<typeof ScenarioVerdict>;

/** What became of a run. `sent` counts deliveries, not attempts: sent = accepted + refused + unanswered. */
export const Verdict = Type.Object({
  /** Nothing lost, doubled, unexpected or unverified, and every delivery answered as it ought to be. */
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
  /** In the order of the run's scenarios. */
  scenarios: Type.Array(ScenarioVerdict),
  /** Deliveries that began each second while the run sent, and by how much the last one began too late. */
  sending: Type.Object({ perSecond: Type.Number(), lateMs: Type.Number() }),
  /** What became of accepted events, each by its first fate (design section 3, "Fates"). */
  fates: Fates,
  /** Accepted events whose fate the public API does not tell. */
  unverifiedFates: Count,
  latency: Latency,
  /** Live contacts with many versions, to look at. */
  sampleContactIds: Type.Array(Type.String()),
});
export type Verdict = Static<typeof Verdict>;
