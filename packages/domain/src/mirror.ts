import type { ContactFields } from './contact.ts';
import type { AcmeRecord, MappingResidue } from './contact-mapping.ts';
import type { IdentityLog } from './identities.ts';
import type { MissingVersions } from './missing-versions.ts';

/** What we last took from AcmeCRM, as it was mapped then; what a local edit is measured against (design rule 4). */
export type Base = { readonly fields: ContactFields; readonly residue: MappingResidue };

/** AcmeCRM's last full record with its unknown members, and what it was taken as: the long part of a mirror. */
export type Taken = { readonly record: AcmeRecord; readonly base: Base };

/** Of a base that is all the mapping's. */
export const noOwnSlots: readonly string[] = [];

/** What of a mirror every decision looks at. */
export type MirrorHead = {
  /** The contact's id in AcmeCRM. */
  readonly sourceId: string;
  /** The highest version taken; never falls. */
  readonly sourceVersion: number;
  /** Whether the contact is deleted in AcmeCRM; a delete here does not show. */
  readonly deleted: boolean;
  /** Null in a stub, where no content is left to compare with. */
  readonly contentHash: string | null;
  /** The mapping that the last full record was taken by; null if none ever came or in a stub. */
  readonly mappingId: string | null;
  /**
   * The version of our contact whose fields were those of the base, with nothing edited here; null where there was none.
   * As long as the contact is at that version, its own fields are the base.
   */
  readonly untouchedVersion: number | null;
  /** The slots in which the base is a value that we sent and AcmeCRM took, and not what the mapping makes of its record. */
  readonly ownSlots: readonly string[];
  /** When `sourceVersion` was taken, ISO 8601. */
  readonly takenAt: string;
  /** The last identities. */
  readonly identities: IdentityLog;
  readonly missing: MissingVersions;
  /** +1 with each new mirror that a decision gives: what a store compares before it writes. */
  readonly revision: number;
};

/**
 * What we hold of AcmeCRM about one contact. Plain JSON; it survives `JSON.stringify` and `JSON.parse` unchanged. Record
 * and base are kept through a delete; both are null exactly when `mappingId` is.
 */
export type Mirror = MirrorHead & { readonly record: Taken['record'] | null; readonly base: Base | null };

/**
 * A mirror as decisions are given it. Nearly every event brings its own record and is decided without the one before,
 * which is read only by whoever asks for it.
 */
export type HeldMirror = MirrorHead & { readonly taken: () => Taken | null };

/** A mirror as a decision leaves it: with what it took, or the word that what was taken before is kept; null for nothing. */
export type NextMirror = MirrorHead & { readonly taken: Taken | 'kept' | null };

/** A whole mirror for decisions. */
export const heldMirror = ({ record, base, ...head }: Mirror): HeldMirror => ({
  ...head,
  taken: () => (record === null || base === null ? null : { record, base }),
});

/** The way back from {@link heldMirror}. */
export const wholeMirror = ({ taken, ...head }: HeldMirror): Mirror => ({
  ...head,
  ...(taken() ?? { record: null, base: null }),
});

/** What the next decision is given. */
export const mirrorAfter = (before: HeldMirror | null, next: NextMirror): HeldMirror => {
  const { taken } = next;
  if (taken !== 'kept') return { ...next, taken: () => taken };
  return { ...next, taken: () => before?.taken() ?? null };
};
