import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });

export const LetterState = Type.Enum(['open', 'parked', 'replayed', 'discarded'], {
  description: '`parked`: replayed three times in vain, and not replayed any more',
});
export type LetterState = Static<typeof LetterState>;

/** Where a record stands in Kafka. */
export const LetterPlace = Type.Object({
  topic: Type.String(),
  partition: Type.Integer({ minimum: 0 }),
  offset: Type.String({ description: 'A whole number that may be beyond what a double holds' }),
});

export const LetterId = Type.String({
  pattern: '^[\\w.-]{1,300}$',
  description: 'Topic, partition and offset where the record stood first',
});

/** Who decided what about a letter, when and why. */
export const LetterDecision = Type.Object({
  kind: Type.Enum(['replayed', 'returned', 'discarded', 'erased'], {
    description: '`returned`: a quarantined delivery that was replayed and refused again',
  }),
  at: Time,
  by: Type.String({ description: 'The id of the user or machine' }),
  reason: Type.String(),
  replayId: Type.Optional(Type.String()),
});
export type LetterDecision = Static<typeof LetterDecision>;

/** A record that could not be applied, or a delivery that was refused, without its bytes. */
export const DeadLetter = Type.Object({
  id: LetterId,
  kind: Type.Enum(['dead-letter', 'quarantined']),
  state: LetterState,
  at: Time,
  stage: Type.String({ description: 'Where on its way it failed' }),
  code: Type.String({ description: 'What was wrong' }),
  pointer: Type.Optional(Type.String({ description: 'Which member is at fault; never its value' })),
  fingerprint: Type.String({ description: 'The same for all failures of one cause' }),
  origin: LetterPlace,
  place: LetterPlace,
  contactId: Type.Optional(Type.String()),
  eventId: Type.Optional(Type.String()),
  eventType: Type.Optional(Type.String()),
  attempts: Type.Integer({ minimum: 0 }),
  firstFailureAt: Type.Optional(Type.String()),
  lastFailureAt: Type.Optional(Type.String()),
  replays: Type.Integer({ minimum: 0, description: 'How often it has been replayed' }),
  replayId: Type.Optional(Type.String({ description: 'The replay that it came back from' })),
  omitted: Type.Optional(Type.String({ description: 'What of the record was too large to be kept' })),
  decision: Type.Optional(LetterDecision),
});
export type DeadLetter = Static<typeof DeadLetter>;

export const exampleLetterId = 'acme.contact.updated.v1-3-4711';

export const exampleLetter = {
  id: exampleLetterId,
  kind: 'dead-letter',
  state: 'open',
  at: '2026-11-24T09:30:05.000Z',
  stage: 'apply',
  code: 'VERSION_CONFLICT',
  pointer: '/data/acme_version',
  fingerprint: '6d0f2c7c9a4b1e35',
  origin: { topic: 'acme.contact.updated.v1', partition: 3, offset: '4711' },
  place: { topic: 'acme.contact.updated.v1.contact-sync.dlt', partition: 1, offset: '12' },
  contactId: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
  eventId: 'evt_0001',
  eventType: 'contact.updated',
  attempts: 1,
  firstFailureAt: '2026-11-24T09:30:05.000Z',
  lastFailureAt: '2026-11-24T09:30:05.000Z',
  replays: 0,
} as const;
