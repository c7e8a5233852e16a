import { type Static, Type } from 'typebox';
import { FieldChange } from './history.ts';
import { EventId } from './webhook-event.ts';

/** The ends that an event can come to in contact-service (design section 3, "Fates"); dead letters aside. */
export const Fate = Type.Union([
  Type.Literal('applied'),
  Type.Literal('unchanged'),
  Type.Literal('superseded'),
  Type.Literal('duplicate'),
]);
export type Fate = Static<typeof Fate>;

/** The contact that the event's record is linked with, where that is another than the event names. */
const LinkedContact = Type.Optional(Type.String({ format: 'uuid' }));

/** One item's outcome of the apply route (contracts.md): a fate, or a fault with whether a retry may help. */
export const ApplyResult = Type.Union([
  Type.Object({
    eventId: EventId,
    fate: Fate,
    version: Type.Optional(Type.Integer()),
    /** In a dry run: what would change in the contact. */
    changes: Type.Optional(Type.Array(FieldChange)),
    contactId: LinkedContact,
  }),
  Type.Object({
    eventId: EventId,
    code: Type.String(),
    retryable: Type.Boolean(),
    pointer: Type.Optional(Type.String()),
    contactId: LinkedContact,
  }),
]);
export type ApplyResult = Static<typeof ApplyResult>;
