import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { exampleReceipts, Receipts } from './receipts-answer.ts';

const LookUp = Type.Object(
  { ids: Type.Array(EventId, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);

export const lookUpReceipts = defineRoute({
  name: 'lookUpReceipts',
  method: 'POST',
  path: '/internal/events/lookup',
  service: 'webhook-ingest',
  access: 'ingest:read',
  summary: 'What was accepted under up to 100 event ids',
  description: 'One result an id, in order; of an id that is not known there are no contents.',
  limit: 'read',
  // A hundred ids at their limit, each character in escapes.
  body: { schema: LookUp, limitBytes: 262_144, example: { ids: [exampleReceipts.eventId] } },
  answers: {
    200: {
      description: 'What was accepted under each',
      body: Type.Object({ results: Type.Array(Receipts) }),
      example: { results: [exampleReceipts] },
    },
  },
  errors: [],
});
