import { noIdentities } from './identities.ts';
import { type HeldMirror, type NextMirror, noOwnSlots } from './mirror.ts';
import { nothingMissing } from './missing-versions.ts';
import { type ContactStub, isDeleted, isStub, type StoredContact } from './stored-contact.ts';
import type { WriteBack } from './write-back/write-back.ts';

/** What we hold about one contact. */
export type Holding = {
  readonly mirror: HeldMirror | null;
  readonly contact: StoredContact | null;
  /** What is known of our writes to AcmeCRM; null or absent where there were none. */
  readonly writeBack?: WriteBack | null;
};

/** A holding of which the sweeper left what never expires. */
export type StubHolding = { readonly mirror: NextMirror | null; readonly contact: ContactStub | null };

const bareContact = (contact: StoredContact): ContactStub => {
  if (isStub(contact)) return contact;
  const { id, version, createdAt } = contact;
  return { stub: true, id, version, createdAt };
};

const isTombstone = ({ mirror, contact }: Holding): boolean =>
  contact === null ? mirror?.deleted === true : isDeleted(contact);

const bareMirror = (mirror: HeldMirror): NextMirror => ({
  ...mirror,
  contentHash: null,
  mappingId: null,
  taken: null,
  untouchedVersion: null,
  ownSlots: noOwnSlots,
  identities: noIdentities,
  missing: nothingMissing,
  revision: mirror.revision + 1,
});

/**
 * What is left of a tombstone (design rule 4): versions and deleted flags, no content. Events meet a stub by the same
 * rules, and a revived contact counts its version on. Null for a contact that is not deleted: it must not be swept.
 */
export const stubOf = (holding: Holding): StubHolding | null => {
  if (!isTombstone(holding)) return null;
  const { mirror, contact } = holding;
  return {
    mirror: mirror && bareMirror(mirror),
    contact: contact && bareContact(contact),
  };
};
