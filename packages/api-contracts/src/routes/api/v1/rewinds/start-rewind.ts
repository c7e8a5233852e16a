import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRewind, RewindRequest } from './rewind.ts';

export const startRewind = defineRoute({
  name: 'startRewind',
  method: 'POST',
  path: '/api/v1/rewinds',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Reads the events since a time again',
  description:
    'For after a loss of data: events that are known change nothing. First, contacts of which a higher version was published than is stored are lifted above it. One rewind runs at a time. With an `Idempotency-Key` a repeat is answered with the same rewind.',
  limit: 'heavy',
  idempotencyKey: true,
  body: { schema: RewindRequest, limitBytes: 1_024, example: exampleRewind.request },
  answers: {
    202: {
      description: 'It goes on',
      headers: { location: { description: 'Where its progress stands' } },
      body: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      example: { id: exampleRewind.id },
    },
  },
  errors: ['STORAGE_FULL'],
});
