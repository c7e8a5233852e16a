import { ApplyRequest, ApplyResult, contactIdOfAcme } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { exampleAcmeRecord, exampleWebhookEvent } from '../../../examples.ts';

// 200 full records with every field at its limit and custom fields to match.
const limitBytes = 16 * 1_048_576;

const event = {
  eventId: exampleWebhookEvent.id,
  eventType: exampleWebhookEvent.event,
  occurredAt: exampleWebhookEvent.timestamp,
  receivedAt: '2026-11-24T09:30:01.000Z',
  source: 'acmecrm',
  contactId: contactIdOfAcme(exampleAcmeRecord.id),
  sourceVersion: exampleAcmeRecord.acme_version,
  extra: {},
  data: exampleAcmeRecord,
};

export const applyEvents = defineRoute({
  name: 'applyEvents',
  method: 'POST',
  path: '/internal/contacts/apply',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'Applies events of AcmeCRM',
  description:
    'One result an event, in order; events of one contact are applied in sequence. Repeating a batch is harmless.',
  limit: 'write',
  query: Type.Object(
    { dryRun: Type.Boolean({ default: false, description: 'Decide, and write nothing' }) },
    { additionalProperties: false },
  ),
  // What AcmeCRM wrote is stored and shown as it came, and does not grow on the way.
  body: { schema: ApplyRequest, numbers: 'as spelled', limitBytes, example: { events: [event] } },
  answers: {
    200: {
      description: 'What became of each',
      body: Type.Object({ results: Type.Array(ApplyResult) }),
      example: { results: [{ eventId: event.eventId, fate: 'applied', version: 3 }] },
    },
  },
  errors: ['STORAGE_FULL'],
});
