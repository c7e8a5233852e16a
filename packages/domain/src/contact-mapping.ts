import type { AcmeContact } from './acme-contact.ts';
import type { ContactFieldName, ContactFields } from './contact.ts';

/** Who wins where both sides changed a field since the base (design rule 4). */
export type FieldOwner = 'acmecrm' | 'integration';

/** A record of AcmeCRM with the members that we do not know by name. */
export type AcmeRecord = AcmeContact & { readonly [member: string]: unknown };

/** One fault of a mapped record: where, what, and the type of what stood there, never its value. */
export type MappingProblem = { readonly pointer: string; readonly code: string; readonly valueType: string };

/**
 * What a contact's fields cannot hold but the way back needs: the flat address and the phone as received, unknown
 * members (contracts.md, "Mapper's result"). Plain JSON, stored with the base.
 */
export type MappingResidue = { readonly [member: string]: unknown };

export type MappedContact = {
  readonly contact: ContactFields;
  /** When AcmeCRM says that it made the record, as it came; null where it does not say. */
  readonly createdAt: string | null;
  readonly residue: MappingResidue;
  readonly problems: readonly MappingProblem[];
};

/** The part of a compiled mapping that decisions need. Implementations are pure and never throw. */
export interface ContactMapping {
  /** Content hash of the mapping; recorded with each change. */
  readonly id: string;
  /** Maps a whole record. A record with `problems` must not be applied. */
  toContact(record: AcmeRecord): MappedContact;
  /** The owner of a field; `customFields` asks per key with `customKey`. */
  ownerOf(field: ContactFieldName, customKey?: string): FieldOwner;
}
