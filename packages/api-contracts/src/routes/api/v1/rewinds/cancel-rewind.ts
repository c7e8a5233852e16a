import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRewind, Rewind } from './rewind.ts';

export const cancelRewind = defineRoute({
  name: 'cancelRewind',
  method: 'DELETE',
  path: '/api/v1/rewinds/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Ends a rewind early',
  description: 'What was applied stays. A rewind that has ended stays as it ended.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: { description: 'The rewind', body: Rewind, example: { ...exampleRewind, state: 'cancelled' } },
  },
  errors: ['NOT_FOUND'],
});
