import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../../page.ts';
import { exampleDelivery } from './example-delivery.ts';
import { DeliveryState, LoggedDelivery } from './logged-delivery.ts';

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 256, description }));

export const listDeliveries = defineRoute({
  name: 'listDeliveries',
  method: 'GET',
  path: '/api/v1/simulator/deliveries',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'What was delivered, page by page',
  description:
    'Newest first; all filters that are given must hold. A page may be shorter than `limit` and still have a `nextCursor`. The newest 5,000 are kept, for a day.',
  limit: 'read',
  query: Type.Object(
    {
      limit: PageLimit(50),
      cursor: Cursor,
      runId: text('Of this run'),
      scenario: text('Of this scenario'),
      eventId: text('That told of this event'),
      acmeId: text('About this contact of AcmeCRM'),
      state: Type.Optional(DeliveryState),
    },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(LoggedDelivery), nextCursor: NextCursor }),
      example: { items: [exampleDelivery] },
    },
  },
  errors: ['INVALID_CURSOR', 'SIMULATOR_DISABLED'],
});
