import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleReplay, Replay } from './replay.ts';

export const getReplay = defineRoute({
  name: 'getReplay',
  method: 'GET',
  path: '/api/v1/dead-letters/replays/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'A replay and how far it has come',
  description: 'The last 100 replays are kept.',
  limit: 'read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: {
      description: 'The replay',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Replay,
      example: exampleReplay,
    },
  },
  errors: ['NOT_FOUND'],
});
