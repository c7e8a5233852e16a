import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { EventFate } from './event-fate.ts';
import { exampleEventFate } from './event-fate-example.ts';

const LookUp = Type.Object(
  { ids: Type.Array(EventId, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);

export const lookUpEventFates = defineRoute({
  name: 'lookUpEventFates',
  method: 'POST',
  path: '/api/v1/events/lookup',
  service: 'event-worker',
  access: 'events:read',
  summary: 'What became of up to 100 events',
  description: 'One result an id, in order; an event that nobody knows has no contents. Changes nothing.',
  limit: 'read',
  // A hundred ids at their limit, each character in escapes.
  body: { schema: LookUp, limitBytes: 262_144, example: { ids: [exampleEventFate.eventId] } },
  answers: {
    200: {
      description: 'What became of each',
      body: Type.Object({ results: Type.Array(EventFate) }),
      example: { results: [exampleEventFate] },
    },
  },
  errors: [],
});
