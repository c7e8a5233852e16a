import { type Static, Type } from 'typebox';
import { AcmeContact, AcmeDeletion } from './acme-contact.ts';
import { limits } from './limits.ts';

export const EventType = Type.Union([
  Type.Literal('contact.created'),
  Type.Literal('contact.updated'),
  Type.Literal('contact.deleted'),
]);
export type EventType = Static<typeof EventType>;

export const EventId = Type.String({ minLength: 1, maxLength: limits.idLength });

/** The members every webhook event has, whatever its type (design section 2, "Webhook"). */
export const WebhookEnvelope = Type.Object({
  id: EventId,
  event: EventType,
  timestamp: Type.String({ format: 'date-time' }),
  data: Type.Object({}),
});
export type WebhookEnvelope = Static<typeof WebhookEnvelope>;

/** One webhook event as AcmeCRM posts it. Unknown members are allowed. */
export const WebhookEvent = Type.Union([
  Type.Object({
    ...WebhookEnvelope.properties,
    event: Type.Union([Type.Literal('contact.created'), Type.Literal('contact.updated')]),
    data: AcmeContact,
  }),
  Type.Object({
    ...WebhookEnvelope.properties,
    event: Type.Literal('contact.deleted'),
    data: AcmeDeletion,
  }),
]);
export type WebhookEvent = Static<typeof WebhookEvent>;
