import { FieldConflict } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleContactId } from '../../../../examples.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';

export const listConflicts = defineRoute({
  name: 'listConflicts',
  method: 'GET',
  path: '/api/v1/conflicts',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'Contacts of which both sides have a say',
  description:
    'Oldest first: fields that were changed here and in AcmeCRM, or that AcmeCRM did not take as they were sent, with both values; and contacts of which nothing is written any more until somebody decides. The inbox is bounded, the oldest entries go first; the history of a contact has the values still.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(50), cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(FieldConflict), nextCursor: NextCursor }),
      example: {
        items: [
          {
            id: '1795512600000-b1946ac92492d234',
            contactId: exampleContactId,
            at: '2026-11-24T09:30:00.000Z',
            cause: 'both-changed',
            sourceVersion: 8,
            fields: [{ field: 'title', ours: 'Countess', theirs: 'Analyst' }],
          },
        ],
        nextCursor: 'MTc2NDA1',
      },
    },
  },
  errors: ['INVALID_CURSOR'],
});
