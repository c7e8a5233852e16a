import { type Static, Type } from 'typebox';
import { AcmeContact, AcmeDeletion } from './acme-contact.ts';
import { limits } from './limits.ts';
import { EventId, EventType } from './webhook-event.ts';
import { WriteId } from './write-back/planned-write.ts';

/** That an event is what AcmeCRM answered to a write of ours (design section 6). */
export const AnsweredWrite = Type.Object({
  /** Of our contact, which need not be linked with the record yet. */
  contactId: Type.String({ format: 'uuid' }),
  /** As the plan gave it. */
  writeId: WriteId,
});
export type AnsweredWrite = Static<typeof AnsweredWrite>;

const head = {
  eventId: EventId,
  occurredAt: Type.String({ format: 'date-time' }),
  receivedAt: Type.String({ format: 'date-time' }),
  source: Type.Literal('acmecrm'),
  contactId: Type.String({ format: 'uuid' }),
  sourceVersion: AcmeContact.properties.acme_version,
  /** Unknown members of `data`, kept as they came. */
  extra: Type.Record(Type.String(), Type.Unknown()),
  /** Only on the apply route: no topic carries it. */
  answers: Type.Optional(AnsweredWrite),
};

/** An event that carries the contact's full record. */
export const SourceUpsert = Type.Object({
  ...head,
  eventType: Type.Union([Type.Literal('contact.created'), Type.Literal('contact.updated')]),
  data: AcmeContact,
});
export type SourceUpsert = Static<typeof SourceUpsert>;

/** An event that says the contact is gone at `sourceVersion`. */
export const SourceDeletion = Type.Object({
  ...head,
  eventType: Type.Literal('contact.deleted'),
  data: AcmeDeletion,
});
export type SourceDeletion = Static<typeof SourceDeletion>;

/** One event of AcmeCRM as it travels inside the house: the envelope of design section 2, "Topics". */
export const SourceEvent = Type.Union([SourceUpsert, SourceDeletion]);
export type SourceEvent = Static<typeof SourceEvent>;

/** The envelope alone, for a first look before the data is judged by type. */
export const SourceEnvelope = Type.Object({ ...head, eventType: EventType, data: Type.Object({}) });
export type SourceEnvelope = Static<typeof SourceEnvelope>;

/** The body of contact-service's internal apply route (contracts.md). Each item is judged by itself: a {@link SourceEnvelope}. */
export const ApplyRequest = Type.Object(
  {
    events: Type.Array(Type.Unknown(), { minItems: 1, maxItems: limits.eventsPerApply }),
    /** The trace that each event belongs to (W3C), in their order; empty for one that belongs to none. */
    traceparents: Type.Optional(
      Type.Array(Type.String({ maxLength: 55 }), { maxItems: limits.eventsPerApply }),
    ),
  },
  { additionalProperties: false },
);
