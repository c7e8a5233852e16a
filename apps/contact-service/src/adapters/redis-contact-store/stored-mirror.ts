import {
  type AcmeRecord,
  type ContactFields,
  fieldsOfContact,
  type HeldMirror,
  type MirrorHead,
  noIdentities,
  noOwnSlots,
  parseJson,
  type StoredContact,
  type Taken,
} from '@contact-sync/domain';
import { fromFieldsText, fromResidueText } from './base-text.ts';
import type { Hash } from './hash-changes.ts';
import { untouchedContact, untouchedVersionOf } from './untouched-contact.ts';

const headOf = (hash: Hash): MirrorHead | null => {
  const { sourceId, sourceVersion, takenAt, revision, missing, ownSlots } = hash;
  if (!sourceId || !sourceVersion || !takenAt || !revision) return null;
  return {
    sourceId,
    sourceVersion: Number(sourceVersion),
    takenAt,
    revision: Number(revision),
    deleted: hash['deleted'] === '1',
    contentHash: hash['contentHash'] ?? null,
    mappingId: hash['mappingId'] ?? null,
    untouchedVersion: untouchedVersionOf(hash),
    ownSlots: ownSlots === undefined ? noOwnSlots : (JSON.parse(ownSlots) as string[]),
    identities: hash['identities'] ?? noIdentities,
    missing:
      missing === undefined ? { ranges: [], forgotten: 0 } : (parseJson(missing) as MirrorHead['missing']),
  };
};

const untouchedFields = (head: MirrorHead, contact: StoredContact | null): ContactFields | null => {
  const untouched = untouchedContact(head, contact);
  return untouched && fieldsOfContact(untouched);
};

/** Parses the longest texts of a mirror, so it is asked for only where a decision needs them. */
const takenOf = (hash: Hash, head: MirrorHead, contact: StoredContact | null): Taken | null => {
  const { record: recordText, residue, baseFields } = hash;
  const fields = baseFields === undefined ? untouchedFields(head, contact) : fromFieldsText(baseFields);
  if (recordText === undefined || residue === undefined || fields === null) return null;
  const record = parseJson(recordText) as AcmeRecord;
  return { record, base: { fields, residue: fromResidueText(residue, record) } };
};

/** The way back from what `mirrorChanges` wrote, with the contact as it was read together; null for an absent hash. */
export const fromMirrorHash = (hash: Hash, contact: StoredContact | null): HeldMirror | null => {
  const head = headOf(hash);
  return head && { ...head, taken: () => takenOf(hash, head, contact) };
};
