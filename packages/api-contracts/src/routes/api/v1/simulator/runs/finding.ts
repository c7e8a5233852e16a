import { type Static, Type } from 'typebox';

/** What is wrong with a contact, in one stable word. */
export const FindingCode = Type.Enum([
  // lost: the final state is not that of the highest accepted version
  'NOTHING_STORED',
  'VERSION_BEHIND',
  'WRONG_DELETED_FLAG',
  'RECORD_DIFFERS',
  'CONTACT_MISSING',
  'CONTACT_STILL_LIVE',
  'CONTACT_DIFFERS',
  'NO_HISTORY_ENTRY',
  'EDIT_LOST',
  'NO_FATE',
  'DEAD_LETTER',
  // lost, both ways: the two sides are not alike at the end
  'NOTHING_THERE',
  'SIDES_DIFFER',
  'CHANGE_LOST',
  // doubled: one source version had its effect twice
  'TWO_HISTORY_ENTRIES',
  'TWO_OUTGOING_EVENTS',
  'EDIT_DOUBLED',
  'PING_PONG',
  // unexpected: an effect of something that was never accepted, or in an impossible order
  'VERSION_NEVER_ACCEPTED',
  'HISTORY_OUT_OF_ORDER',
  'PLANTED_ACCEPTED',
  'WRONG_ANSWER',
  // unexpected, both ways: the loop breaker stopped what people would have gone on with
  'FROZEN',
  // unverified: out of the verdict's reach
  'UNREADABLE',
  'HISTORY_TRIMMED',
  'EDITED_HERE',
  'STILL_CHANGING',
  'EDIT_NOT_MADE',
  'NO_ANSWER',
]);
export type FindingCode = Static<typeof FindingCode>;

/** One thing that a verdict found. `detail` names versions, fields and answers, never values. */
export const Finding = Type.Object({
  contactId: Type.String(),
  code: FindingCode,
  scenario: Type.Optional(Type.String({ description: 'Of which the contact is' })),
  eventIds: Type.Optional(
    Type.Array(Type.String(), { description: 'The events that it is about, 20 at most' }),
  ),
  detail: Type.Optional(Type.String()),
});
export type Finding = Static<typeof Finding>;

/** Findings by what they mean (design section 3, "Fates"; contracts.md, "History entry"). */
export const Findings = Type.Object({
  lost: Type.Array(Finding),
  doubled: Type.Array(Finding),
  unexpected: Type.Array(Finding),
  unverified: Type.Array(Finding),
});
export type Findings = Static<typeof Findings>;
