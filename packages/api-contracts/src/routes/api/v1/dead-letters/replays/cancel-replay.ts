import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleReplay, Replay } from './replay.ts';

export const cancelReplay = defineRoute({
  name: 'cancelReplay',
  method: 'DELETE',
  path: '/api/v1/dead-letters/replays/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Ends a replay early',
  description: 'What was sent is on its way; nothing more is. A replay that has ended stays as it ended.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: { description: 'The replay', body: Replay, example: { ...exampleReplay, state: 'cancelled' } },
  },
  errors: ['NOT_FOUND'],
});
