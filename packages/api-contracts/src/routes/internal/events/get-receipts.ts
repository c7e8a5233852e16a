import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { receiptsAnswer } from './receipts-answer.ts';

export const getReceipts = defineRoute({
  name: 'getReceipts',
  method: 'GET',
  path: '/internal/events/{id}',
  service: 'webhook-ingest',
  access: 'ingest:read',
  summary: 'What was accepted under an event id',
  description: "Ingest's part of an event's fate, within the dedupe window; one entry a content.",
  limit: 'read',
  params: Type.Object({ id: EventId }),
  answers: { 200: receiptsAnswer },
  errors: ['NOT_FOUND'],
});
