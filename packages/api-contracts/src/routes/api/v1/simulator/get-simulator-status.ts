import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRun } from './runs/example-run.ts';
import { Run } from './runs/run.ts';

export const getSimulatorStatus = defineRoute({
  name: 'getSimulatorStatus',
  method: 'GET',
  path: '/api/v1/simulator/status',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'Whether the simulator may send, and what it does',
  description: 'Answered where the simulator is disabled too, and says so.',
  limit: 'read',
  answers: {
    200: {
      description: 'As it is now',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Type.Object({
        enabled: Type.Boolean({ description: 'By configuration; off in production' }),
        targets: Type.Array(Type.String(), { description: 'Where deliveries may go; the first by default' }),
        activeRun: Type.Optional(Run),
      }),
      example: { enabled: true, targets: ['http://webhook-ingest:3003'], activeRun: exampleRun },
    },
  },
  errors: [],
});
