import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';

const Errors = Type.Array(
  Type.Object({ pointer: Type.String(), detail: Type.String(), code: Type.Optional(Type.String()) }),
);

/** The answer to one event. */
export const EventReceipt = Type.Object({ eventId: EventId, duplicate: Type.Optional(Type.Boolean()) });

/** The answer to an array: one entry an item, in the array's order. */
export const DeliveryReceipt = Type.Object({
  results: Type.Array(
    Type.Object({
      eventId: Type.Optional(EventId),
      status: Type.Union([Type.Literal('accepted'), Type.Literal('duplicate'), Type.Literal('refused')]),
      errors: Type.Optional(Errors),
    }),
  ),
});
