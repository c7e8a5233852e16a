import { type ContactReplacement, ReadOnlyMembers } from '@contact-sync/api-contracts';
import { AppError, type Contact } from '@contact-sync/domain';

const names = Object.keys(ReadOnlyMembers.properties) as readonly (keyof typeof ReadOnlyMembers.properties)[];

/** What is written over a contact, without the members that only we write. */
export const withoutReadOnly = (
  input: ContactReplacement,
): Omit<ContactReplacement, (typeof names)[number]> => {
  const { id, source, sourceId, createdAt, updatedAt, deletedAt, version, ...fields } = input;
  return fields;
};

/**
 * Members that only we write may be sent, and then must be as they are stored (design section 4).
 *
 * @throws {AppError} INVALID_BODY with a pointer to each that is not.
 */
export const assertReadOnly = (input: ContactReplacement, contact: Contact): void => {
  const sent = { ...input, ...(input.id !== undefined && { id: input.id.toLowerCase() }) };
  const errors = names
    .filter((name) => sent[name] !== undefined && sent[name] !== contact[name])
    .map((name) => ({ pointer: `/${name}`, detail: 'is read-only and not as stored' }));
  if (errors.length === 0) return;
  throw new AppError('INVALID_BODY', { message: 'Read-only members differ from the contact.', errors });
};
