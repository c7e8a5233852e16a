import { type Arrival, isAnswer, placeOf } from './arrival.ts';
import type { ContactChange } from './contact-change.ts';
import type { AppliedDecision, NotedDecision } from './decision.ts';
import type { FieldChange } from './history.ts';
import type { NextMirror } from './mirror.ts';
import { recorded } from './next-mirror.ts';
import { conflictsOf } from './write-back/conflicts-of.ts';
import { isTraceless } from './write-back/is-traceless.ts';
import { uncounted, withoutSent } from './write-back/write-back.ts';

/** An event above the mirror, and the answer to a write, end the wait for what became of it. */
const settled = (arrival: Arrival) => {
  const { mirror, event, writeBack } = arrival;
  if (!writeBack?.sent) return undefined;
  if (isAnswer(arrival)) return { writeBack: withoutSent(writeBack) };
  if (placeOf(mirror, event) !== 'above') return undefined;
  return { writeBack: withoutSent(isTraceless(arrival) ? uncounted(writeBack) : writeBack) };
};

export const noted = (mirror: NextMirror, arrival: Arrival, fate: NotedDecision['fate']): NotedDecision => ({
  kind: 'noted',
  fate,
  mirror: recorded(mirror, arrival, { fate }),
  ...settled(arrival),
});

/** What became of the contact, and what history tells of it. */
export type Conclusion = {
  /** Null where the contact stays as it is. */
  readonly change: ContactChange | null;
  readonly changes: readonly FieldChange[];
  /** Those of the changes in which AcmeCRM did not take what was sent. */
  readonly notTaken?: readonly FieldChange[];
};

/** An answer at the mirror's version brings no version of its own: that one has its entry in history. */
const sourceOf = ({ mirror, event }: Arrival) =>
  placeOf(mirror, event) === 'above' && { sourceVersion: event.sourceVersion, sourceEventId: event.eventId };

/** Exactly one history entry, whether or not the contact changed. */
export const applied = (
  mirror: NextMirror,
  arrival: Arrival,
  { change, changes, notTaken = [] }: Conclusion,
): AppliedDecision => {
  const conflicts = conflictsOf(arrival, changes, notTaken);
  return {
    kind: 'applied',
    fate: 'applied',
    mirror: recorded(mirror, arrival, {
      fate: 'applied',
      ...(change && { version: change.contact.version }),
    }),
    history: {
      at: arrival.now,
      by: 'acmecrm',
      ...sourceOf(arrival),
      ...(change && { version: change.contact.version, outgoingEventId: change.outgoing.eventId }),
      mappingId: arrival.mapping.id,
      changes: [...changes],
    },
    change,
    ...(conflicts.length > 0 && { conflicts }),
    ...settled(arrival),
  };
};
