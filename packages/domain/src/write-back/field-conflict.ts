import { type Static, Type } from 'typebox';
import { FieldValue } from '../field-slots.ts';

/** Why somebody should look at a contact of which both sides have a say (design section 6). */
export const ConflictCause = Type.Union([
  /** Both sides changed a field since the base; the owner's value stands. */
  Type.Literal('both-changed'),
  /** AcmeCRM answered a write with something else than was sent, and that stands now. */
  Type.Literal('not-taken'),
  /** Three writes of one edit did not bring the sides together; nothing more is written until the next edit. */
  Type.Literal('not-agreed'),
  /** The loop breaker froze the contact's write-back. */
  Type.Literal('frozen'),
  /** AcmeCRM has no such record any more, and told of no delete. */
  Type.Literal('not-found'),
]);
export type ConflictCause = Static<typeof ConflictCause>;

/** A field with both values; null is empty. */
export const ConflictField = Type.Object({
  /** A field's name, or `customFields.<key>`. */
  field: Type.String(),
  ours: FieldValue,
  theirs: FieldValue,
});
export type ConflictField = Static<typeof ConflictField>;

/** An entry of the conflict inbox. */
export const FieldConflict = Type.Object({
  id: Type.String({ description: 'Of the entry' }),
  contactId: Type.String({ format: 'uuid' }),
  at: Type.String({ format: 'date-time' }),
  cause: ConflictCause,
  /** The version of AcmeCRM at which it came to light; absent where none did. */
  sourceVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Empty where it is about the contact as a whole. */
  fields: Type.Array(ConflictField),
});
export type FieldConflict = Static<typeof FieldConflict>;
