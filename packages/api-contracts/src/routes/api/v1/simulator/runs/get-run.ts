import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleRun } from './example-run.ts';
import { Run } from './run.ts';

export const getRun = defineRoute({
  name: 'getRun',
  method: 'GET',
  path: '/api/v1/simulator/runs/{id}',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'A run with its progress or its verdict',
  description: 'The verdict is made by reading every contact and its history through the public API.',
  limit: 'read',
  params: Type.Object({ id: Type.String({ format: 'uuid', description: "The run's id" }) }),
  answers: {
    200: {
      description: 'The run',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Run,
      example: exampleRun,
    },
  },
  errors: ['RUN_NOT_FOUND', 'SIMULATOR_DISABLED'],
});
