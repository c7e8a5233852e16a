import { Contact } from '@contact-sync/domain';
import { exampleContact } from '../../../../examples.ts';

/** A header that every answer with a version has. */
export const etag = { description: 'The version, for If-Match and If-None-Match' };

/** The contact as it now is. */
export const contactAnswer = {
  description: 'The contact as it now is',
  headers: { etag },
  body: Contact,
  example: exampleContact,
} as const;

/** A contact that was made. */
export const createdAnswer = {
  description: 'The new contact',
  headers: { etag, location: { description: 'Its path' } },
  body: Contact,
  example: exampleContact,
} as const;
