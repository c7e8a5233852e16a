import type { Arrival } from './arrival.ts';
import type { AcmeRecord } from './contact-mapping.ts';
import { noIdentities, type RecordedFate, withIdentity } from './identities.ts';
import type { Mirror } from './mirror.ts';
import { afterLateArrival, afterLeap, nothingMissing } from './missing-versions.ts';

type Taken = Pick<Mirror, 'deleted' | 'contentHash' | 'record' | 'base' | 'untouchedVersion'>;

/** The mirror at the event's version. */
export const advanced = ({ mirror, event, now }: Arrival, taken: Taken): Mirror => ({
  ...taken,
  sourceId: event.data.id,
  sourceVersion: event.sourceVersion,
  takenAt: now,
  identities: mirror?.identities ?? noIdentities,
  missing:
    mirror === null
      ? nothingMissing
      : afterLeap(mirror.missing, mirror.sourceVersion, event.sourceVersion, now),
  revision: mirror?.revision ?? 0,
});

/** The mirror after an event that came too late to be taken. */
export const overtaken = (mirror: Mirror, { event }: Arrival): Mirror => ({
  ...mirror,
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
export const repeated = (mirror: Mirror, { content, mapping }: Arrival): Mirror => {
  if (content.deleted || mirror.record === null || mirror.base === null) return mirror;
  const record = withGreaterTimes(mirror.record, content.record);
  if (record === null) return mirror;
  // What a mapping that is not in force any more kept is made anew by the remap alone.
  if (mirror.base.mappingId !== mapping.id) return { ...mirror, record };
  return { ...mirror, record, base: { ...mirror.base, residue: mapping.toContact(record).residue } };
};

/** Closes a decision: the event's fate is remembered, and the mirror has a new revision. */
export const recorded = (mirror: Mirror, arrival: Arrival, come: RecordedFate): Mirror => ({
  ...mirror,
  identities: withIdentity(mirror.identities, arrival.identity, come),
  revision: mirror.revision + 1,
});
