import { type Contact, isStub, type MirrorHead, type StoredContact } from '@contact-sync/domain';
import type { Hash } from './hash-changes.ts';

/** As a mirror's hash has it. */
export const untouchedVersionOf = ({ untouchedVersion }: Hash): MirrorHead['untouchedVersion'] =>
  untouchedVersion === undefined ? null : Number(untouchedVersion);

/**
 * The contact, where nobody has edited it since its mirror's base was taken; else null. Its fields are then the base's,
 * which are not stored a second time: the write that edits it writes them.
 */
export const untouchedContact = (
  mirror: Pick<MirrorHead, 'untouchedVersion'> | null,
  contact: StoredContact | null,
): Contact | null =>
  mirror !== null && contact !== null && contact.version === mirror.untouchedVersion && !isStub(contact)
    ? contact
    : null;
