import type { ContactPatch } from '@contact-sync/api-contracts';
import type { Contact } from '@contact-sync/domain';

const texts = ['firstName', 'lastName', 'email', 'phone', 'company', 'title', 'status', 'notes'] as const;
const parts = ['street', 'city', 'state', 'zipCode', 'country'] as const;

/** The names of what can be edited: fields, parts of the address, and the tags as one line. */
export const draftFields = [...texts, ...parts, 'tags'] as const;
export type DraftField = (typeof draftFields)[number];

/** A contact as it is typed: a text for each field. */
export type Draft = Readonly<Record<DraftField, string>>;

const isPart = (field: DraftField): field is (typeof parts)[number] => parts.some((part) => part === field);

const textOf = (contact: Contact, field: DraftField): string => {
  if (field === 'tags') return contact.tags.join(', ');
  return (isPart(field) ? contact.address?.[field] : contact[field]) ?? '';
};

export const draftOf = (contact: Contact): Draft =>
  Object.fromEntries(draftFields.map((field) => [field, textOf(contact, field)])) as Draft;

const tagsOf = (text: string): string[] => text.split(',').flatMap((tag) => tag.trim() || []);

/** What was typed otherwise than it was begun with. */
export const changedFields = (before: Draft, after: Draft): DraftField[] =>
  draftFields.filter((field) => before[field] !== after[field]);

/** The merge patch that makes of the one draft the other, and names nothing else (RFC 7396). */
export const patchOf = (before: Draft, after: Draft): ContactPatch => {
  const changed = changedFields(before, after);
  const typed = (field: DraftField) => [field, after[field].trim() === '' ? null : after[field]] as const;
  const address = Object.fromEntries(changed.filter(isPart).map(typed));
  return {
    ...Object.fromEntries(texts.filter((field) => changed.includes(field)).map(typed)),
    ...(Object.keys(address).length > 0 && { address }),
    ...(changed.includes('tags') && { tags: tagsOf(after.tags) }),
  };
};
