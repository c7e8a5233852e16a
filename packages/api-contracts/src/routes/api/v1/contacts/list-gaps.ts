import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContactId } from '../../../../examples.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';

const GapState = Type.Union([Type.Literal('open'), Type.Literal('missed')]);

const GapsQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Unsafe<'open' | 'missed'>({
        ...GapState,
        description: '`open` after a minute, `missed` after a day; both without it',
      }),
    ),
    limit: PageLimit(50),
    cursor: Cursor,
  },
  { additionalProperties: false },
);

const Gap = Type.Object({
  source: Type.Literal('acmecrm'),
  contactId: Type.String({ format: 'uuid' }),
  sourceId: Type.String({ description: "The contact's id in its source" }),
  from: Type.Integer({ minimum: 1, description: 'The first version that has not come' }),
  to: Type.Integer({ minimum: 1, description: 'The last one' }),
  noticedAt: Type.String({ format: 'date-time', description: 'When a higher version came' }),
  state: GapState,
});

export const listGaps = defineRoute({
  name: 'listGaps',
  method: 'GET',
  path: '/api/v1/contacts/gaps',
  service: 'contact-service',
  access: 'events:read',
  summary: 'Versions of AcmeCRM that have not come',
  description:
    'Runs of versions of a contact of which a higher one is here, the longest missing first: webhooks that are late, or lost. One that comes after all is struck out. Of each contact the newest 32 runs are kept.',
  limit: 'read',
  query: GapsQuery,
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(Gap), nextCursor: NextCursor }),
      example: {
        items: [
          {
            source: 'acmecrm',
            contactId: exampleContactId,
            sourceId: 'acme-ada',
            from: 4,
            to: 5,
            noticedAt: '2026-11-24T09:30:00.000Z',
            state: 'missed',
          },
        ],
        nextCursor: 'MTc2NDA1',
      },
    },
  },
  errors: ['INVALID_CURSOR'],
});
