import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { EventFate } from '../../events/event-fate.ts';
import { exampleEventFate } from '../../events/event-fate-example.ts';
import { Cursor, NextCursor, PageLimit } from '../../page.ts';
import { ContactParams } from '../contact-params.ts';

const EventsQuery = Type.Object({ limit: PageLimit(20), cursor: Cursor }, { additionalProperties: false });

export const listContactEvents = defineRoute({
  name: 'listContactEvents',
  method: 'GET',
  path: '/api/v1/contacts/{id}/events',
  service: 'event-worker',
  access: 'events:read',
  summary: 'What became of the events of a contact',
  description:
    'Newest first by when each was first worked off. Behind the events whose records are kept come those that only its history knows.',
  limit: 'read',
  params: ContactParams,
  query: EventsQuery,
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(EventFate), nextCursor: NextCursor }),
      example: { items: [exampleEventFate], nextCursor: 'cjE3' },
    },
  },
  errors: ['CONTACT_NOT_FOUND', 'INVALID_CURSOR'],
});
