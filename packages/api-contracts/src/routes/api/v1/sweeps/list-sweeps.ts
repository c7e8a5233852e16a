import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleSweep, Sweep } from './sweep.ts';

const { findings, ...exampleSummary } = exampleSweep;

export const listSweeps = defineRoute({
  name: 'listSweeps',
  method: 'GET',
  path: '/api/v1/sweeps',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'The last sweeps',
  description: 'Newest first, without their findings. The last 100 are kept.',
  limit: 'read',
  answers: {
    200: {
      description: 'All that are kept',
      body: Type.Object({ items: Type.Array(Type.Omit(Sweep, ['findings'])) }),
      example: { items: [exampleSummary] },
    },
  },
  errors: [],
});
