import type { Contact } from './contact.ts';

/**
 * What never expires of a contact that was swept as a tombstone: a revived contact counts its version on, and was created
 * when it was (stubs of before that was kept do not say).
 */
export type ContactStub = {
  readonly stub: true;
  readonly id: string;
  readonly version: number;
  readonly createdAt?: string;
};

/** A contact as the store holds it: whole, or as the stub that a swept tombstone leaves. Plain JSON. */
export type StoredContact = Contact | ContactStub;

/** Whether only the stub of a swept tombstone is left. */
export const isStub = (stored: StoredContact): stored is ContactStub => 'stub' in stored;

/** Whether a stored contact is deleted; a stub always is. */
export const isDeleted = (stored: StoredContact): boolean => isStub(stored) || stored.deletedAt !== undefined;
