import type { Run } from '@contact-sync/api-contracts';

/** One measure of several runs, in their order; undefined where a run has no verdict. */
export type Measure = {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
  /** Whether somebody should look: the runs differ in what ought to be the same whatever was asked of them. */
  readonly differs: boolean;
};

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

/** What is nothing in a run that went well, however large it was. */
const faults = ['Unanswered', 'Lost', 'Doubled', 'Unexpected', 'Unverified'];

/** The measures of runs beside each other. */
export const compareRuns = (runs: readonly Run[]): Measure[] =>
  Object.entries(measures).map(([name, read]) => {
    const values = runs.map(({ verdict }) => (verdict ? (read(verdict) ?? undefined) : undefined));
    return { name, values, differs: faults.includes(name) && new Set(values).size > 1 };
  });
