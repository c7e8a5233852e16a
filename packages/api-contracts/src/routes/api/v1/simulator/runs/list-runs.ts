import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../../page.ts';
import { exampleRun } from './example-run.ts';
import { Run } from './run.ts';

export const listRuns = defineRoute({
  name: 'listRuns',
  method: 'GET',
  path: '/api/v1/simulator/runs',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'Runs, page by page',
  description: 'Newest first, of every copy. The newest 500 are kept, for a week.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(20), cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(Run), nextCursor: NextCursor }),
      example: { items: [exampleRun] },
    },
  },
  errors: ['INVALID_CURSOR', 'SIMULATOR_DISABLED'],
});
