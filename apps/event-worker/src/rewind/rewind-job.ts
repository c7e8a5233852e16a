import type { LogPlace } from '@contact-sync/kafka';
import type { Job, JobStore } from '../jobs/job.ts';

export type RewindRequest = {
  /** RFC 3339. */
  readonly to: string;
  readonly dryRun?: boolean;
};

/** A stretch of a partition: from where to go on up to where it ended when the rewind began. */
export type Span = LogPlace & { readonly end: string };

/** Counts of events, of contacts that were lifted and of records; and what is left. */
export type RewindProgress = {
  readonly planned: number;
  readonly read: number;
  readonly lifted: number;
  readonly applied: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly duplicate: number;
  readonly failed: number;
  /** The place that is to be left with the group before it goes on: repeating that repeats nothing else. */
  readonly reached?: Span;
  /** What others were told, to be gone through first; then what AcmeCRM told. Absent before the first piece. */
  readonly left?: { readonly published: readonly Span[]; readonly events: readonly Span[] };
};

export type RewindJob = Job<RewindRequest, RewindProgress>;
export type RewindStore = JobStore<RewindRequest, RewindProgress>;

export const noRewindProgress: RewindProgress = {
  planned: 0,
  read: 0,
  lifted: 0,
  applied: 0,
  unchanged: 0,
  superseded: 0,
  duplicate: 0,
  failed: 0,
};

/** The group that holds a rewind's places; the live one is untouched. */
export const groupOf = (id: string): string => `contact-sync.rewind.${id}`;
