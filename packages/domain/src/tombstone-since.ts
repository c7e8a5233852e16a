import type { MirrorHead } from './mirror.ts';
import { isStub, type StoredContact } from './stored-contact.ts';

type Seen = {
  readonly mirror: Pick<MirrorHead, 'deleted' | 'contentHash' | 'takenAt'> | null;
  readonly contact: StoredContact | null;
};

/**
 * Since when a holding is a tombstone that a sweeper still has something of to remove, ISO 8601: since its delete, or
 * since AcmeCRM last told of it where the contact is not there whole. Null for what is not deleted, and for a bare stub.
 */
export const tombstoneSince = ({ mirror, contact }: Seen): string | null => {
  if (contact !== null && !isStub(contact)) return contact.deletedAt ?? null;
  // A bare mirror has no content hash.
  return mirror?.deleted && mirror.contentHash !== null ? mirror.takenAt : null;
};
