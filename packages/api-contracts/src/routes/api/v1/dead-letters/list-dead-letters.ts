import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';
import { DeadLetter, exampleLetter } from './letter.ts';
import { LetterFilter } from './letter-selection.ts';

export const listDeadLetters = defineRoute({
  name: 'listDeadLetters',
  method: 'GET',
  path: '/api/v1/dead-letters',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Dead letters and quarantined deliveries, page by page',
  description:
    'Newest first; open ones where no state is named. A page may be shorter than `limit` and still have a `nextCursor`.',
  limit: 'read',
  query: Type.Object(
    { limit: PageLimit(50), cursor: Cursor, ...LetterFilter.properties },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(DeadLetter), nextCursor: NextCursor }),
      example: { items: [exampleLetter] },
    },
  },
  errors: ['INVALID_CURSOR'],
});
