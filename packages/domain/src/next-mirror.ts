import type { Arrival } from './arrival.ts';
import type { AcmeRecord } from './contact-mapping.ts';
import { findIdentity, noIdentities, type RecordedFate, withIdentity } from './identities.ts';
import type { HeldMirror, NextMirror } from './mirror.ts';
import { afterLateArrival, afterLeap, nothingMissing } from './missing-versions.ts';

type Told = Pick<
  NextMirror,
  'deleted' | 'contentHash' | 'mappingId' | 'untouchedVersion' | 'ownSlots' | 'taken'
>;

/** The mirror at the event's version. */
export const advanced = ({ mirror, writeBack, event, now }: Arrival, told: Told): NextMirror => ({
  ...told,
  sourceId: event.data.id,
  sourceVersion: event.sourceVersion,
  takenAt: now,
  identities: mirror?.identities ?? noIdentities,
  missing:
    mirror === null
      ? nothingMissing
      : afterLeap(mirror.missing, mirror.sourceVersion, event.sourceVersion, now),
  revision: mirror?.revision ?? writeBack?.revision ?? 0,
});

/** The mirror after an event that came too late to be taken. */
export const overtaken = (mirror: HeldMirror, { event }: Arrival): NextMirror => ({
  ...mirror,
  taken: 'kept',
  missing: afterLateArrival(mirror.missing, event.sourceVersion),
});

const timeMembers = ['acme_created_at', 'acme_updated_at'] as const;

/**
 * Two records of one version and content may still differ in their times. The greater text of each stays, so that
 * the mirror does not depend on which came first (design rule 5). Null where the known ones are that.
 */
const withGreaterTimes = (known: AcmeRecord, repeat: AcmeRecord): AcmeRecord | null => {
  const greater = timeMembers.filter((member) => (repeat[member] ?? '') > (known[member] ?? ''));
  if (greater.length === 0) return null;
  return { ...known, ...Object.fromEntries(greater.map((member) => [member, repeat[member]])) };
};

/** The mirror after an event that says once more what it holds. */
export const repeated = (mirror: HeldMirror, { content, mapping }: Arrival): NextMirror => {
  const known = content.deleted ? null : mirror.taken();
  const record = content.deleted || known === null ? null : withGreaterTimes(known.record, content.record);
  if (known === null || record === null) return { ...mirror, taken: 'kept' };
  // What a mapping that is not in force any more kept is made anew by the remap alone.
  const residue = mirror.mappingId === mapping.id ? mapping.toContact(record).residue : known.base.residue;
  return { ...mirror, taken: { record, base: { ...known.base, residue } } };
};

/** Closes a decision: the event's fate is remembered, and the mirror has a new revision. */
export const recorded = (mirror: NextMirror, arrival: Arrival, come: RecordedFate): NextMirror => ({
  ...mirror,
  // The answer to a write may say once more what an answer before it said.
  identities: findIdentity(mirror.identities, arrival.identity)
    ? mirror.identities
    : withIdentity(mirror.identities, arrival.identity, come),
  revision: mirror.revision + 1,
});
