import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRewind, Rewind } from './rewind.ts';

export const getRewind = defineRoute({
  name: 'getRewind',
  method: 'GET',
  path: '/api/v1/rewinds/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'A rewind and how far it has come',
  description: 'The last 100 rewinds are kept.',
  limit: 'read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: {
      description: 'The rewind',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Rewind,
      example: exampleRewind,
    },
  },
  errors: ['NOT_FOUND'],
});
