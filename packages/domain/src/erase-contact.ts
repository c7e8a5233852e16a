import { type Contact, emptyContactFields } from './contact.ts';
import type { ContactChange } from './contact-change.ts';
import { digest } from './content-hash.ts';
import { outgoingEventId } from './identity.ts';
import { type ContactStub, type Erasure, isStub, type StoredContact } from './stored-contact.ts';
import type { Holding } from './stub-of.ts';

/** Which contact is erased, by whom and when (ISO 8601, UTC). */
export type ErasureOrder = { readonly id: string; readonly by: string; readonly now: string };

/** What an erasure leaves: a stub without personal data, and the event that tells of it with an empty contact. */
export type ErasedContact = { readonly stub: BlockedStub; readonly change: ContactChange };

/** A stub that is under a block or was. */
export type BlockedStub = ContactStub & { readonly erasure: Erasure };

/** AcmeCRM's member in which a record may carry another system's id of the same person. */
const externalIdMember = 'acme_external_id';

/** An external id as blocks keep it: not readable. */
const hashOfExternalId = (id: string): string => digest(['external', id], 'base64url');

/** The external id that a record or its unknown members carry, hashed; null where they carry none. */
export const externalIdHash = (members: Readonly<Record<string, unknown>>): string | null => {
  const id = members[externalIdMember];
  return typeof id === 'string' && id !== '' ? hashOfExternalId(id) : null;
};

/** Whether a contact was erased and nothing may be written of it. */
export const isBlocked = (stored: StoredContact | null): stored is BlockedStub =>
  stored !== null && isStub(stored) && stored.erasure?.standing === 'blocked';

/** Whether a block that stood once has been lifted: the contact may come again as if it had never been. */
export const isLifted = (stored: StoredContact | null): stored is BlockedStub =>
  stored !== null && isStub(stored) && stored.erasure?.standing === 'lifted';

const emptyContact = ({ contact, mirror }: Holding, version: number, { id, now }: ErasureOrder): Contact => {
  const origin = mirror === null ? 'api' : 'acmecrm';
  return {
    ...emptyContactFields,
    id,
    firstName: '',
    lastName: '',
    email: '',
    source: contact === null || isStub(contact) ? origin : contact.source,
    sourceId: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: now,
    version,
  };
};

/**
 * Erases for good what we hold of a contact (design section 4), also one that was never seen: what of it is under way then
 * meets the block, and whoever keeps what could not be applied is told. The next version, so that it supersedes all that
 * was told before.
 */
export const eraseContact = (holding: Holding, order: ErasureOrder): ErasedContact => {
  const { id, by, now } = order;
  const version = (holding.contact?.version ?? 0) + 1;
  const theirs = externalIdHash(holding.mirror?.taken()?.record ?? {});
  // A record that the writer to AcmeCRM makes of a contact carries the contact's own id.
  const externalIds = [hashOfExternalId(id), ...(theirs === null ? [] : [theirs])];
  return {
    stub: { stub: true, id, version, erasure: { standing: 'blocked', at: now, by, externalIds } },
    change: {
      contact: emptyContact(holding, version, order),
      outgoing: { type: 'deleted', eventId: outgoingEventId(id, version), erased: true },
    },
  };
};

/** The stub without the block: AcmeCRM's next event of it is taken as a first one, and the version counts on. */
export const liftBlock = (stub: BlockedStub): BlockedStub => ({
  ...stub,
  erasure: { ...stub.erasure, standing: 'lifted', externalIds: [] },
});
