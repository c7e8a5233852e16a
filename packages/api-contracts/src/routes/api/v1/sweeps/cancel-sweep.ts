import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleSweep, Sweep } from './sweep.ts';

const { agrees, ...exampleUnfinished } = exampleSweep;

export const cancelSweep = defineRoute({
  name: 'cancelSweep',
  method: 'DELETE',
  path: '/api/v1/sweeps/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Ends a sweep early',
  description:
    'What was published stays, and the next sweep begins where this one did. A sweep that has ended stays as it ended.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  answers: {
    200: { description: 'The sweep', body: Sweep, example: { ...exampleUnfinished, state: 'cancelled' } },
  },
  errors: ['NOT_FOUND'],
});
