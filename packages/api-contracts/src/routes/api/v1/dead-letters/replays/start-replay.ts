import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleReplay, exampleReplayId, ReplayRequest } from './replay.ts';

export const startReplay = defineRoute({
  name: 'startReplay',
  method: 'POST',
  path: '/api/v1/dead-letters/replays',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Sends letters on their way again',
  description:
    'Dead letters enter the first retry tier with their first place, quarantined deliveries go through ingest without their signature being checked again. Order by contact is kept, and no version rule is passed by. One replay runs at a time. With an `Idempotency-Key` a repeat is answered with the same replay.',
  limit: 'heavy',
  idempotencyKey: true,
  body: { schema: ReplayRequest, limitBytes: 524_288, example: exampleReplay.request },
  answers: {
    202: {
      description: 'It goes on',
      headers: { location: { description: 'Where its progress stands' } },
      body: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      example: { id: exampleReplayId },
    },
  },
  errors: ['STORAGE_FULL'],
});
