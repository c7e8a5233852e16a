import type { SweepCounts, SweepFinding, SweepRequest } from '@contact-sync/api-contracts';
import type { Job, JobStore } from '../jobs/job.ts';

/**
 * Where a sweep goes on: in AcmeCRM's list, then, a full one, among our mirrors and what was made here; absent before the
 * first piece.
 */
export type SweepPlace =
  | {
      readonly side: 'there';
      /** RFC 3339; from the begin where absent. */
      readonly since?: string;
      readonly cursor?: string;
      /** The latest change that was seen, RFC 3339: what the mark becomes. */
      readonly reached?: string;
    }
  | {
      readonly side: 'here' | 'born-here';
      readonly since?: string;
      readonly cursor?: string;
      readonly reached?: string;
    };

export type SweepProgress = {
  readonly counts: SweepCounts;
  readonly findings: readonly SweepFinding[];
  readonly place?: SweepPlace;
  /** When the next page has its turn at the sweep's rate, in milliseconds since the epoch, whichever copy takes it. */
  readonly dueAt?: number;
};

export type SweepJob = Job<SweepRequest, SweepProgress>;
export type SweepStore = JobStore<SweepRequest, SweepProgress>;

export const noSweepProgress: SweepProgress = {
  counts: {
    read: 0,
    agreed: 0,
    imported: 0,
    healed: 0,
    missedVersions: 0,
    young: 0,
    erased: 0,
    behindThere: 0,
    differs: 0,
    onlyHere: 0,
    notCreated: 0,
    createPending: 0,
    unreadable: 0,
    checkedHere: 0,
  },
  findings: [],
};

/** With every count: one that was begun by a release that did not know it has come to nothing of it. */
export const withAllCounts = (progress: SweepProgress): SweepProgress => ({
  ...progress,
  counts: { ...noSweepProgress.counts, ...progress.counts },
});

/** Whether a full sweep that is done found both sides alike. */
export const agrees = ({ counts }: SweepProgress): boolean => {
  const { read: _read, agreed: _agreed, erased: _erased, checkedHere: _checked, ...differences } = counts;
  return Object.values(differences).every((count) => count === 0);
};
