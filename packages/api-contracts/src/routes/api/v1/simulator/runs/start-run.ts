import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleRequest, exampleRunId } from './example-run.ts';
import { RunRequest } from './run-request.ts';

export const startRun = defineRoute({
  name: 'startRun',
  method: 'POST',
  path: '/api/v1/simulator/runs',
  service: 'webhook-simulator',
  access: 'simulator:run',
  summary: 'Begins a run of the simulator',
  description:
    'Plays AcmeCRM: scenarios that go on beside each other, and a verdict of what became of every event. One run at a time.',
  limit: 'heavy',
  body: { schema: RunRequest, limitBytes: 65_536, example: exampleRequest },
  answers: {
    202: {
      description: 'It goes on',
      headers: { location: { description: 'Where its progress and verdict stand' } },
      body: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      example: { id: exampleRunId },
    },
  },
  errors: ['RUN_ACTIVE', 'STORAGE_FULL', 'TARGET_NOT_ALLOWED', 'SIMULATOR_DISABLED'],
});
