import type { Sweep, SweepCounts, SweepFinding, SweepRequest } from '@contact-sync/api-contracts';
import type { Job, JobStore } from '../jobs/job.ts';

/** Where a sweep goes on: in AcmeCRM's list, then, a full one, among our mirrors; absent before the first piece. */
export type SweepPlace =
  | {
      readonly side: 'there';
      /** RFC 3339; from the begin where absent. */
      readonly since?: string;
      readonly cursor?: string;
      /** The latest change that was seen, RFC 3339: what the mark becomes. */
      readonly reached?: string;
    }
  | { readonly side: 'here'; readonly since?: string; readonly cursor?: string; readonly reached?: string };

export type SweepProgress = {
  readonly counts: SweepCounts;
  readonly findings: readonly SweepFinding[];
  readonly place?: SweepPlace;
};

export type SweepJob = Job<SweepRequest, SweepProgress>;
export type SweepStore = JobStore<SweepRequest, SweepProgress>;
export type SweepState = Sweep['state'];

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
    unreadable: 0,
    checkedHere: 0,
  },
  findings: [],
};

/** Whether a full sweep that is done found both sides alike. */
export const agrees = ({ counts }: SweepProgress): boolean => {
  const { imported, healed, young, behindThere, differs, onlyHere, unreadable } = counts;
  return imported + healed + young + behindThere + differs + onlyHere + unreadable === 0;
};
