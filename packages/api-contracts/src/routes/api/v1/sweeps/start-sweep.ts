import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleSweep, SweepRequest } from './sweep.ts';

export const startSweep = defineRoute({
  name: 'startSweep',
  method: 'POST',
  path: '/api/v1/sweeps',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Compares AcmeCRM with what is held of it, and takes what is newer there',
  description:
    'Imports what was never told and heals lost webhooks, by events on the ordinary topics. One sweep runs at a time. With an `Idempotency-Key` a repeat is answered with the same sweep.',
  limit: 'heavy',
  idempotencyKey: true,
  body: { schema: SweepRequest, limitBytes: 1_024, example: { full: true, dryRun: true } },
  answers: {
    202: {
      description: 'It goes on',
      headers: { location: { description: 'Where its progress stands' } },
      body: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      example: { id: exampleSweep.id },
    },
  },
  errors: ['CONFLICT', 'STORAGE_FULL'],
});
