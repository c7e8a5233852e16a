import type { ContactFields } from './contact.ts';
import type { AcmeRecord, MappingResidue } from './contact-mapping.ts';
import type { IdentityLog } from './identities.ts';
import type { MissingVersions } from './missing-versions.ts';

/** What we last took from AcmeCRM, as it was mapped then; what a local edit is measured against (design rule 4). */
export type Base = {
  readonly mappingId: string;
  readonly fields: ContactFields;
  readonly residue: MappingResidue;
};

/** What we hold of AcmeCRM about one contact. Plain JSON; it survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Mirror = {
  /** The contact's id in AcmeCRM. */
  readonly sourceId: string;
  /** The highest version taken; never falls. */
  readonly sourceVersion: number;
  /** Whether the contact is deleted in AcmeCRM; a delete here does not show. */
  readonly deleted: boolean;
  /** Null in a stub, where no content is left to compare with. */
  readonly contentHash: string | null;
  /** The last full record with its unknown members; kept through a delete, null if none ever came or in a stub. */
  readonly record: AcmeRecord | null;
  /** Null exactly when `record` is. */
  readonly base: Base | null;
  /**
   * The version of our contact whose fields were those of `base`, with nothing edited here; null where there was none. As
   * long as the contact is at that version, its own fields are the base.
   */
  readonly untouchedVersion: number | null;
  /** When `sourceVersion` was taken, ISO 8601. */
  readonly takenAt: string;
  /** The last identities. */
  readonly identities: IdentityLog;
  readonly missing: MissingVersions;
  /** +1 with each new mirror that a decision gives: what a store compares before it writes. */
  readonly revision: number;
};
