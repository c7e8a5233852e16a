import type { Arrival } from '../arrival.ts';
import { digest } from '../content-hash.ts';
import { sameValue } from '../field-slots.ts';
import type { FieldChange } from '../history.ts';
import type { ConflictCause, ConflictField, FieldConflict } from './field-conflict.ts';

type ConflictDraft = Omit<FieldConflict, 'id'> & {
  /** What it came to light by: with the contact and the cause, what makes its id. */
  readonly by: string;
};

/** An entry of the inbox; its id begins with the time, by which it is found, and is the same however often it is made. */
export const conflictOf = ({ by, ...draft }: ConflictDraft): FieldConflict => ({
  id: `${Date.parse(draft.at)}-${digest([draft.contactId, draft.cause, by], 'hex').slice(0, 16)}`,
  ...draft,
});

/** Both values of a change in which one gave way. */
const bothOf = ({ field, from, to, lost = null }: FieldChange): ConflictField =>
  sameValue(from, to) ? { field, ours: to, theirs: lost } : { field, ours: lost, theirs: to };

/** What of an event's changes belongs in the inbox: where both sides changed a field, and where AcmeCRM took none of ours. */
export const conflictsOf = (
  { contactId, event, now }: Arrival,
  changes: readonly FieldChange[],
  notTaken: readonly FieldChange[],
): FieldConflict[] => {
  const entry = (cause: ConflictCause, of: readonly FieldChange[]): FieldConflict[] =>
    of.length === 0
      ? []
      : [
          conflictOf({
            contactId,
            at: now,
            cause,
            sourceVersion: event.sourceVersion,
            fields: of.map(bothOf),
            by: event.eventId,
          }),
        ];
  const both = changes.filter((change) => change.lost !== undefined && !notTaken.includes(change));
  return [...entry('both-changed', both), ...entry('not-taken', notTaken)];
};
