import type { Arrival } from './arrival.ts';
import type { ContactChange } from './contact-change.ts';
import type { AppliedDecision, NotedDecision } from './decision.ts';
import type { FieldChange } from './history.ts';
import type { NextMirror } from './mirror.ts';
import { recorded } from './next-mirror.ts';

export const noted = (mirror: NextMirror, arrival: Arrival, fate: NotedDecision['fate']): NotedDecision => ({
  kind: 'noted',
  fate,
  mirror: recorded(mirror, arrival, { fate }),
});

/** Exactly one history entry, whether or not the contact changed. */
export const applied = (
  mirror: NextMirror,
  arrival: Arrival,
  change: ContactChange | null,
  changes: readonly FieldChange[],
): AppliedDecision => ({
  kind: 'applied',
  fate: 'applied',
  mirror: recorded(mirror, arrival, {
    fate: 'applied',
    ...(change && { version: change.contact.version }),
  }),
  history: {
    at: arrival.now,
    by: 'acmecrm',
    sourceVersion: arrival.event.sourceVersion,
    sourceEventId: arrival.event.eventId,
    ...(change && { version: change.contact.version, outgoingEventId: change.outgoing.eventId }),
    mappingId: arrival.mapping.id,
    changes: [...changes],
  },
  change,
});
