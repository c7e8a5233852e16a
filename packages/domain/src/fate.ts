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

/** One item's outcome of the apply route (contracts.md): a fate, or a fault with whether a retry may help. */
export const ApplyResult = Type.Union([
  Type.Object({
    eventId: EventId,
    fate: Fate,
    version: Type.Optional(Type.Integer()),
    /** In a dry run: what would change in the contact. */
    changes: Type.Optional(Type.Array(FieldChange)),
  }),
  Type.Object({
    eventId: EventId,
    code: Type.String(),
    retryable: Type.Boolean(),
    pointer: Type.Optional(Type.String()),
  }),
]);
export type ApplyResult = Static<typeof ApplyResult>;
