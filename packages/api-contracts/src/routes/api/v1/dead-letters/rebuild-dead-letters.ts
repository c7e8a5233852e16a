import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';

export const rebuildDeadLetters = defineRoute({
  name: 'rebuildDeadLetters',
  method: 'POST',
  path: '/api/v1/dead-letters/rebuild',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Makes the index of letters anew',
  description:
    'Forgets the index and reads all topics of letters from their beginning; decisions are among what is read. The groups tell how far it is behind.',
  limit: 'heavy',
  answers: {
    202: {
      description: 'It is being read',
      body: Type.Object({ behind: Type.Integer({ minimum: 0, description: 'Records to be read' }) }),
      example: { behind: 1_204 },
    },
  },
  errors: [],
});
