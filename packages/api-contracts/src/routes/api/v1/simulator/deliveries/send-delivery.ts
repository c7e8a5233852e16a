import { limits } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleWebhookEvent } from '../../../../../examples.ts';
import { exampleDelivery } from './example-delivery.ts';
import { LoggedDelivery } from './logged-delivery.ts';

/** What can be done to a single delivery. */
export const DeliveryFault = Type.Enum([
  'none',
  'wrong-secret',
  'no-signature',
  'old-timestamp',
  'future-timestamp',
  'no-timestamp',
  'tampered-body',
  'slow-body',
  'connection-reset',
]);
export type DeliveryFault = Static<typeof DeliveryFault>;

export const SendRequest = Type.Object(
  {
    body: Type.String({
      maxLength: limits.deliveryBytes + 1_024,
      description: 'Sent as it is, whether it is JSON or not',
    }),
    fault: Type.Optional(DeliveryFault),
    target: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'One of the targets that the status names' }),
    ),
  },
  { additionalProperties: false },
);
export type SendRequest = Static<typeof SendRequest>;

export const sendDelivery = defineRoute({
  name: 'sendDelivery',
  method: 'POST',
  path: '/api/v1/simulator/deliveries',
  service: 'webhook-simulator',
  access: 'simulator:run',
  summary: 'Sends one delivery of your own',
  description:
    'One attempt with that body, signed as AcmeCRM signs or with the fault that you choose. Goes to a target of the allow-list and nowhere else.',
  limit: 'heavy',
  timeoutMs: 15_000,
  body: {
    schema: SendRequest,
    limitBytes: 4_194_304,
    example: { body: JSON.stringify(exampleWebhookEvent), fault: 'old-timestamp' },
  },
  answers: {
    200: { description: 'What came of it', body: LoggedDelivery, example: exampleDelivery },
  },
  errors: ['TARGET_NOT_ALLOWED', 'SIMULATOR_DISABLED'],
});
