import type { Progress } from '@contact-sync/launcher/progress.ts';
import type { Row } from './row.ts';

export type BenchContext = {
  /** Ends what the bench starts, last first. */
  readonly cleanUp: AsyncDisposableStack;
  readonly progress: Progress;
  /** How many there are of what the bench has most of; each bench has a number of its own. */
  readonly scale?: number;
};

export type Findings = {
  readonly rows: readonly Row[];
  /** What a reader has to know before quoting a figure. */
  readonly notes: readonly string[];
};

/** Measures, and rejects only when the measurement itself failed: a goal that is missed is a finding. */
export type Bench = (context: BenchContext) => Promise<Findings>;
