import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';

export const watchSimulator = defineRoute({
  name: 'watchSimulator',
  method: 'GET',
  path: '/api/v1/simulator/stream',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'Runs and deliveries as they happen',
  description:
    'Server-sent events: `run` with a run whenever it has changed, `delivery` with each delivery that ended, of every copy; ids are those of deliveries. A line of comment every ten seconds keeps it alive; it ends after ten minutes, and the next one goes on from `Last-Event-ID`.',
  limit: 'heavy',
  headers: Type.Object({
    'last-event-id': Type.Optional(
      Type.String({ format: 'uuid', description: 'The last delivery that was seen' }),
    ),
  }),
  answers: {
    200: { description: 'Goes on until one side ends it', stream: 'text/event-stream' },
  },
  errors: ['SIMULATOR_DISABLED'],
});
