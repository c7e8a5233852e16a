import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleReplay, Replay } from './replay.ts';

export const listReplays = defineRoute({
  name: 'listReplays',
  method: 'GET',
  path: '/api/v1/dead-letters/replays',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'The last replays',
  description: 'Newest first; the last 100 are kept.',
  limit: 'read',
  answers: {
    200: {
      description: 'The replays',
      body: Type.Object({ items: Type.Array(Replay) }),
      example: { items: [exampleReplay] },
    },
  },
  errors: [],
});
