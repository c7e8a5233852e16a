import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';

const Errors = Type.Array(
  Type.Object({ pointer: Type.String(), detail: Type.String(), code: Type.Optional(Type.String()) }),
);

/** The answer to one event (contracts.md, "Receipts of ingest"). */
export const EventReceipt = Type.Object({
  eventId: Type.Optional(EventId),
  duplicate: Type.Optional(Type.Boolean()),
  ignored: Type.Optional(Type.Boolean({ description: 'Of a type that we do not know: nothing changes' })),
});

/** The answer to an array: one entry an item, in the array's order. */
export const DeliveryReceipt = Type.Object({
  results: Type.Array(
    Type.Object({
      eventId: Type.Optional(EventId),
      status: Type.Enum(['accepted', 'duplicate', 'ignored', 'refused']),
      errors: Type.Optional(Errors),
    }),
  ),
});
