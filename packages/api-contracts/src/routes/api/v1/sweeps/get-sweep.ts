import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleSweep, Sweep } from './sweep.ts';

export const getSweep = defineRoute({
  name: 'getSweep',
  method: 'GET',
  path: '/api/v1/sweeps/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'A sweep, how far it has come and what it found',
  description: 'The last 100 sweeps are kept.',
  limit: 'read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: {
      description: 'The sweep',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Sweep,
      example: exampleSweep,
    },
  },
  errors: ['NOT_FOUND'],
});
