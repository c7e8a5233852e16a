import type { Run } from '@contact-sync/api-contracts';

/** One measure of several runs, in their order; undefined where a run has no verdict. */
export type Measure = { readonly name: string; readonly values: readonly (number | undefined)[] };

type Verdict = NonNullable<Run['verdict']>;

const measures: Readonly<Record<string, (verdict: Verdict) => number | null>> = {
  Sent: ({ sent }) => sent,
  Accepted: ({ accepted }) => accepted,
  Refused: ({ refused }) => refused.reduce((sum, { count }) => sum + count, 0),
  Unanswered: ({ unanswered }) => unanswered,
  Retries: ({ retries }) => retries,
  Lost: ({ lost }) => lost.length,
  Doubled: ({ doubled }) => doubled.length,
  Unexpected: ({ unexpected }) => unexpected.length,
  Unverified: ({ unverified }) => unverified.length,
  Applied: ({ fates }) => fates.applied,
  'Dead letters': ({ fates }) => fates.dead_letter,
  'Begun each second': ({ sending }) => sending.perSecond,
  'Latency p50, ms': ({ latency }) => latency.p50Ms,
  'Latency p99, ms': ({ latency }) => latency.p99Ms,
};

/** The measures of runs beside each other. */
export const compareRuns = (runs: readonly Run[]): Measure[] =>
  Object.entries(measures).map(([name, read]) => ({
    name,
    values: runs.map(({ verdict }) => (verdict ? (read(verdict) ?? undefined) : undefined)),
  }));
