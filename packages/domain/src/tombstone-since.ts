import { isStub } from './stored-contact.ts';
import type { Holding } from './stub-of.ts';

/**
 * Since when a holding is a tombstone that a sweeper still has something of to remove, ISO 8601: since its delete, or
 * since AcmeCRM last told of it where the contact is not there whole. Null for what is not deleted, and for a bare stub.
 */
export const tombstoneSince = ({ mirror, contact }: Holding): string | null => {
  if (contact !== null && !isStub(contact)) return contact.deletedAt ?? null;
  // A bare mirror has no content hash.
  return mirror?.deleted && mirror.contentHash !== null ? mirror.takenAt : null;
};
