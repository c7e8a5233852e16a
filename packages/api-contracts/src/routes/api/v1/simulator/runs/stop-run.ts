import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleRunId } from './example-run.ts';

export const stopRun = defineRoute({
  name: 'stopRun',
  method: 'POST',
  path: '/api/v1/simulator/runs/{id}/stop',
  service: 'webhook-simulator',
  access: 'simulator:run',
  summary: 'Stops a run',
  description: 'It sends nothing more and has no verdict. Whatever copy plays it; within two seconds.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ format: 'uuid', description: "The run's id" }) }),
  answers: {
    202: {
      description: 'It is told',
      body: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      example: { id: exampleRunId },
    },
  },
  errors: ['RUN_NOT_FOUND', 'CONFLICT', 'SIMULATOR_DISABLED'],
});
