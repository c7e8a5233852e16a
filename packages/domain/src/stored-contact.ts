import type { Contact } from './contact.ts';

/** That a contact was erased for good, and whether the block against what comes of it later still stands. */
export type Erasure = {
  readonly standing: 'blocked' | 'lifted';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who asked for it. */
  readonly by: string;
  /** Hashes of the external ids that are blocked with it. */
  readonly externalIds: readonly string[];
};

/**
 * What never expires of a contact that was swept as a tombstone or erased: a revived contact counts its version on, and
 * was created when it was (stubs of before that was kept, and of erased contacts, do not say).
 */
export type ContactStub = {
  readonly stub: true;
  readonly id: string;
  readonly version: number;
  readonly createdAt?: string;
  readonly erasure?: Erasure;
};

/** A contact as the store holds it: whole, or as the stub that a swept tombstone or an erasure leaves. Plain JSON. */
export type StoredContact = Contact | ContactStub;

/** Whether only a stub is left. */
export const isStub = (stored: StoredContact): stored is ContactStub => 'stub' in stored;

/** Whether a stored contact is deleted; a stub always is. */
export const isDeleted = (stored: StoredContact): boolean => isStub(stored) || stored.deletedAt !== undefined;
