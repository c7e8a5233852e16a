import { Contact } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContact, exampleContactId } from '../../../../examples.ts';
import { PageLimit } from '../page.ts';

const ChangesQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: '`nextCursor` of the page before; without it the feed is read from its beginning',
      }),
    ),
    limit: PageLimit(100),
  },
  { additionalProperties: false },
);

const Change = Type.Object({
  sequence: Type.Integer({ minimum: 1, description: 'Rises from change to change, with gaps' }),
  type: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('deleted')], {
    description: 'What the newest change was: `created` at version 1, `deleted` while the contact is deleted',
  }),
  id: Type.String({ format: 'uuid' }),
  version: Type.Integer({ minimum: 1 }),
  erased: Type.Optional(
    Type.Literal(true, { description: 'It is gone for good; what you keep of it is to be deleted' }),
  ),
  contact: Type.Optional(
    Type.Unsafe<Contact>({
      ...Contact,
      description: 'Absent where of a deleted contact only the version is left',
    }),
  ),
});

const ChangesPage = Type.Object({
  items: Type.Array(Change),
  nextCursor: Type.String({ description: 'Where to go on, now or later; always there' }),
  hasMore: Type.Boolean({ description: 'Whether there may be more at once' }),
});

export const listChanges = defineRoute({
  name: 'listChanges',
  method: 'GET',
  path: '/api/v1/contacts/changes',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'What has changed, to be followed',
  description:
    'Each contact once, at its newest change, in the order in which changes were written. Whoever goes on after each page misses no contact, whatever any clock does; one that changes meanwhile comes again, at a higher `sequence`, and `version` tells which of two is newer. After a restore that lost changes an older cursor is answered 410: begin anew.',
  limit: 'read',
  query: ChangesQuery,
  answers: {
    200: {
      description: 'A page, empty while nothing has changed',
      body: ChangesPage,
      example: {
        items: [{ sequence: 7, type: 'updated', id: exampleContactId, version: 3, contact: exampleContact }],
        nextCursor: 'NjM3YTI6Nw',
        hasMore: false,
      },
    },
  },
  errors: ['INVALID_CURSOR', 'CURSOR_EXPIRED'],
});
