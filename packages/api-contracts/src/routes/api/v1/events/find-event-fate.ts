import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { AgedOutOf, eventAnswer } from './event-answer.ts';

export const findEventFate = defineRoute({
  name: 'findEventFate',
  method: 'GET',
  path: '/api/v1/events',
  service: 'event-worker',
  access: 'events:read',
  summary: 'What became of an event whose id no path holds',
  description: 'As `getEventFate`, for every id: a path holds neither every id nor every length of one.',
  limit: 'read',
  query: Type.Object({ id: EventId, contactId: AgedOutOf }, { additionalProperties: false }),
  answers: { 200: eventAnswer },
  errors: ['NOT_FOUND'],
});
