import { EventId, limits, WebhookEvent } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../define-route.ts';
import { exampleWebhookEvent } from '../../examples.ts';
import { ProblemError } from '../../problem.ts';

/** The answers to one event (contracts.md, "Receipts of ingest"). */
const Accepted = Type.Object({ eventId: EventId });
const Duplicate = Type.Object({ eventId: EventId, duplicate: Type.Literal(true) });
const Ignored = Type.Object({
  eventId: Type.Optional(EventId),
  ignored: Type.Literal(true, { description: 'Of a type that we do not know: nothing changes' }),
});

/** The answer to an array: one entry an item, in the array's order. */
const DeliveryReceipt = Type.Object({
  results: Type.Array(
    Type.Object({
      eventId: Type.Optional(EventId),
      status: Type.Enum(['accepted', 'duplicate', 'ignored', 'refused']),
      errors: Type.Optional(Type.Array(ProblemError)),
    }),
  ),
});

const location = { description: "Where the event's fate stands", optional: true } as const;

export const receiveWebhook = defineRoute({
  name: 'receiveWebhook',
  method: 'POST',
  path: '/webhooks/acmecrm',
  trailingSlash: true,
  service: 'webhook-ingest',
  access: 'public',
  summary: 'Takes a signed delivery of AcmeCRM',
  description:
    'One event, or an array of up to 100. `X-Acme-Signature` is `sha256=` and the hex HMAC-SHA256, with the shared secret, of `<timestamp>.<raw body>`; `X-Acme-Timestamp` is the time of this attempt in Unix seconds and may be 300 s off. What is answered 2xx is on the broker with all its replicas. Anything else may be sent again as it is. A slash behind the path changes nothing.',
  limit: 'write',
  headers: Type.Object({
    'x-acme-timestamp': Type.Optional(Type.String({ description: 'Unix seconds of this attempt' })),
    'x-acme-signature': Type.Optional(
      Type.String({ description: '`sha256=<hex>`; several, comma-separated, while a secret rotates' }),
    ),
  }),
  body: {
    schema: Type.Union([
      WebhookEvent,
      Type.Array(WebhookEvent, { minItems: 1, maxItems: limits.eventsPerDelivery }),
    ]),
    as: 'bytes',
    limitBytes: limits.deliveryBytes,
    example: exampleWebhookEvent,
  },
  answers: {
    200: {
      description: 'It had come before, within 24 h, or is of a type that we do not know',
      headers: { location },
      body: Type.Union([Duplicate, Ignored]),
      example: { eventId: exampleWebhookEvent.id, duplicate: true },
    },
    202: {
      description: 'It is durable',
      headers: { location },
      body: Type.Union([Accepted, DeliveryReceipt]),
      example: { eventId: exampleWebhookEvent.id },
    },
  },
  errors: ['SIGNATURE_MISSING', 'SIGNATURE_INVALID', 'TIMESTAMP_INVALID', 'TIMESTAMP_OUTSIDE_WINDOW'],
});
