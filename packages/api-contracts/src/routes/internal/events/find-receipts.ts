import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { receiptsAnswer } from './receipts-answer.ts';

export const findReceipts = defineRoute({
  name: 'findReceipts',
  method: 'GET',
  path: '/internal/events',
  service: 'webhook-ingest',
  access: 'ingest:read',
  summary: 'What was accepted under an event id that no path holds',
  description: 'As `getReceipts`, for every id: a path holds neither every id nor every length of one.',
  limit: 'read',
  query: Type.Object({ id: EventId }, { additionalProperties: false }),
  answers: { 200: receiptsAnswer },
  errors: ['NOT_FOUND'],
});
