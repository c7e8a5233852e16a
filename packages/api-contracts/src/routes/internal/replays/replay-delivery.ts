import { EventId, limits } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { exampleWebhookEvent } from '../../../examples.ts';

const base64Bytes = Math.ceil((limits.deliveryBytes * 4) / 3);

export const replayDelivery = defineRoute({
  name: 'replayDelivery',
  method: 'POST',
  path: '/internal/replays',
  service: 'webhook-ingest',
  access: 'ingest:replay',
  summary: 'Takes a quarantined delivery again',
  description:
    'Its signature was checked at receipt and is not checked again. Everything else is as with a webhook, but what is refused again is not quarantined a second time.',
  limit: 'write',
  body: {
    schema: Type.Object(
      {
        body: Type.String({
          pattern: '^[A-Za-z0-9+/]*={0,2}$',
          maxLength: base64Bytes + 4,
          description: 'The bytes as received, in base64',
        }),
        receivedAt: Type.String({ format: 'date-time' }),
        secretId: Type.Optional(Type.String({ maxLength: 256 })),
        dryRun: Type.Optional(Type.Boolean({ description: 'Judge, and publish nothing' })),
      },
      { additionalProperties: false },
    ),
    limitBytes: base64Bytes + 4_096,
    example: {
      body: Buffer.from(JSON.stringify(exampleWebhookEvent)).toString('base64'),
      receivedAt: '2026-11-24T09:30:01.000Z',
      secretId: 'acme-1',
      dryRun: true,
    },
  },
  answers: {
    200: {
      description: 'What became of each event of it',
      body: Type.Object({
        results: Type.Array(
          Type.Object({
            eventId: Type.Optional(EventId),
            status: Type.Enum(['accepted', 'duplicate', 'ignored', 'refused']),
            code: Type.Optional(Type.String({ description: 'Why it was refused' })),
            pointer: Type.Optional(Type.String()),
            event: Type.Optional(Type.Unknown({ description: 'In a dry run: what would be published' })),
          }),
        ),
      }),
      example: { results: [{ eventId: exampleWebhookEvent.id, status: 'accepted' }] },
    },
  },
  errors: [],
});
