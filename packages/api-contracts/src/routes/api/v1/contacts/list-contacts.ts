import { ContactSource, ContactStatus, limits } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContact } from '../../../../examples.ts';
import { Cursor, PageLimit } from '../page.ts';
import { ContactPage } from './contact-page.ts';

// NUL and lone surrogates are in no contact, and blanks alone ask for nothing.
const text = (maxLength: number, description: string) =>
  Type.Optional(
    Type.String({ minLength: 1, maxLength, pattern: '^(?=[^]*\\S)[^\\u0000\\ud800-\\udfff]*$', description }),
  );

/** What the list may be asked; what is not known here is refused. */
export const ListQuery = Type.Object(
  {
    limit: PageLimit(50),
    cursor: Cursor,
    sort: Type.Optional(
      Type.Enum(['updatedAt', '-updatedAt', 'createdAt', '-createdAt', 'lastName', '-lastName'], {
        description:
          'Order; with a minus descending. Without it: that of the names that `q` found; else, with `updatedSince`, `updatedAt`; else `createdAt`. Names are ordered without regard to case and accents',
      }),
    ),
    email: text(limits.emailLength, 'The whole e-mail address, without regard to case'),
    status: Type.Optional(
      Type.Unsafe<ContactStatus>({ ...ContactStatus, description: 'Contacts without a status match none' }),
    ),
    company: text(limits.companyLength, 'The whole name of the company, without regard to case'),
    tag: text(limits.tagLength, 'A whole tag, without regard to case'),
    source: Type.Optional(Type.Unsafe<ContactSource>({ ...ContactSource, description: 'Where it was born' })),
    updatedSince: Type.Optional(
      Type.String({
        format: 'date-time',
        maxLength: 64,
        description: 'Contacts that last changed at this time or later, to the millisecond',
      }),
    ),
    q: text(
      limits.nameLength,
      'What the first name, the last name, or both with a space between them begin with, as it can be typed: without regard to case, accents, letters like ø and kinds of apostrophes',
    ),
    includeDeleted: Type.Boolean({ default: false, description: 'Whether deleted contacts are listed too' }),
  },
  { additionalProperties: false },
);
export type ListQuery = Static<typeof ListQuery>;

export const listContacts = defineRoute({
  name: 'listContacts',
  method: 'GET',
  path: '/api/v1/contacts',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'Contacts, page by page',
  description:
    'All filters that are given must hold. A page may be shorter than `limit` and still have a `nextCursor`. A contact that does not change while the pages are read comes exactly once.',
  limit: 'read',
  query: ListQuery,
  answers: {
    200: {
      description: 'A page',
      body: ContactPage,
      example: { items: [exampleContact], nextCursor: 'MTc2NDA1' },
    },
  },
  errors: ['INVALID_CURSOR'],
});
