import { EventId, EventType } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });

const position = {
  topic: Type.String(),
  partition: Type.Integer({ minimum: 0 }),
  offset: Type.String({ description: 'A whole number that may be beyond what a double holds' }),
};

/** How an event ends (design section 3, "Fates"). */
export const FateName = Type.Enum(['applied', 'unchanged', 'superseded', 'duplicate', 'dead_letter']);
export type FateName = Static<typeof FateName>;

/** One time that the content was accepted and published; a second time where the first was not remembered. */
export const Reception = Type.Object({
  at: Type.Optional(Time),
  ...position,
  secretId: Type.Optional(Type.String({ description: 'The shared secret that verified the delivery' })),
});
export type Reception = Static<typeof Reception>;

/** Deliveries that were answered 200 as duplicates. */
const Duplicates = Type.Object({
  count: Type.Integer({ minimum: 1 }),
  at: Type.Array(Time, { description: 'When; the first ones where there were many' }),
});

/** What was wrong; never a value. */
const Fault = Type.Object({
  stage: Type.String({ description: 'Where on its way the record failed' }),
  code: Type.String(),
  pointer: Type.Optional(Type.String({ description: 'JSON pointer of the member at fault' })),
});
export type Fault = Static<typeof Fault>;

/** One time that a record of the event was worked off; `retry`: it waits in a retry tier for the next time. */
export const Attempt = Type.Object({
  at: Time,
  ...position,
  outcome: Type.Union([FateName, Type.Literal('retry')]),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  fault: Type.Optional(Fault),
  replayId: Type.Optional(Type.String({ description: 'The replay that the attempt is part of' })),
});
export type Attempt = Static<typeof Attempt>;

/**
 * One content that came under an event id, and what became of it. `fate` is absent while it is under way; the first one
 * stays, whatever later attempts come to.
 */
export const ContentFate = Type.Object({
  source: Type.Literal('acmecrm'),
  contactId: Type.Optional(Type.String()),
  eventType: Type.Optional(EventType),
  sourceVersion: Type.Optional(Type.Integer()),
  fate: Type.Optional(FateName),
  settledAt: Type.Optional(Time),
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The version of the contact that the event made' }),
  ),
  fault: Type.Optional(Fault),
  deadLetterId: Type.Optional(Type.String({ description: 'Where its dead letter is found' })),
  knownFrom: Type.Enum(['record', 'receipt', 'history'], {
    description:
      '`receipt`: it is under way. `history`: the record has aged out, and the fate is what the contact has kept of it; none where that is too little.',
  }),
  received: Type.Array(Reception),
  duplicates: Type.Optional(Duplicates),
  attempts: Type.Array(Attempt),
  replays: Type.Array(Attempt),
});
export type ContentFate = Static<typeof ContentFate>;

/** What became of everything that came under one event id: an entry a content, oldest first. */
export const EventFate = Type.Object({
  eventId: EventId,
  contents: Type.Array(ContentFate),
  incomplete: Type.Optional(
    Type.Literal(true, { description: 'Ingest did not answer: its duplicate verdicts are missing' }),
  ),
});
export type EventFate = Static<typeof EventFate>;
