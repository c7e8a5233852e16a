import { type Static, Type } from 'typebox';
import { LetterId, LetterState } from './letter.ts';

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 256, description }));
const time = (description: string) =>
  Type.Optional(Type.String({ format: 'date-time', maxLength: 64, description }));

/** What letters can be asked for by; all that is given must hold. */
export const letterFilters = {
  topic: text('The topic on which the record stood first'),
  code: text('What was wrong'),
  fingerprint: text('The same for all failures of one cause'),
  contactId: text('Our id of the contact'),
  eventId: text("AcmeCRM's id of the event"),
  since: time('Became letters then or later'),
  until: time('Became letters before then'),
};

/** Letters of any state; open ones, parked among them, where none is named. */
export const LetterFilter = Type.Object(
  { state: Type.Optional(Type.Unsafe<LetterState>({ ...LetterState })), ...letterFilters },
  { additionalProperties: false },
);
export type LetterFilter = Static<typeof LetterFilter>;

/** How many letters can be named one by one. */
const maxIds = 1_000;

/** Open letters: those that are named, or all for which a filter holds; `{}` is all there are. */
export const LetterSelection = Type.Union([
  Type.Object(
    { ids: Type.Array(LetterId, { minItems: 1, maxItems: maxIds, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { filter: Type.Object(letterFilters, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
]);
export type LetterSelection = Static<typeof LetterSelection>;

/** Why somebody does what he does; kept with it. No personal data belongs here. */
export const Reason = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'Why; kept with it, so without personal data',
});
