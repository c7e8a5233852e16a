import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { AgedOutOf, eventAnswer } from './event-answer.ts';

export const getEventFate = defineRoute({
  name: 'getEventFate',
  method: 'GET',
  path: '/api/v1/events/{eventId}',
  service: 'event-worker',
  access: 'events:read',
  summary: 'What became of an event',
  description:
    'When it was received and by which secret verified, each attempt with its outcome, and the one fate that it has come to; no fate while it is under way. Records are kept for 24 hours by default; afterwards the history of its contact tells, if `contactId` names it.',
  limit: 'read',
  params: Type.Object({ eventId: EventId }),
  query: Type.Object({ contactId: AgedOutOf }, { additionalProperties: false }),
  answers: { 200: eventAnswer },
  errors: ['NOT_FOUND'],
});
