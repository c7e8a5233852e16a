import type { Job, JobStore } from '../jobs/job.ts';
import type { Selection } from '../letters/select-letters.ts';

export type ReplayRequest = {
  readonly select: Selection;
  readonly reason: string;
  /** Letters a second; by what comes live where it is left out. */
  readonly ratePerSecond?: number;
};

/** Counts of letters, and where the walk goes on. */
export type ReplayProgress = {
  readonly planned: number;
  readonly sent: number;
  readonly refused: number;
  readonly parked: number;
  readonly gone: number;
  /** Undefined before the first piece. */
  readonly after?: string;
  readonly isCounted: boolean;
};

export type ReplayJob = Job<ReplayRequest, ReplayProgress>;
export type ReplayStore = JobStore<ReplayRequest, ReplayProgress>;

export const noProgress: ReplayProgress = {
  planned: 0,
  sent: 0,
  refused: 0,
  parked: 0,
  gone: 0,
  isCounted: false,
};
