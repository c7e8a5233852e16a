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
 * the mirror does not depend on which came first (design rule 5).
 */
const withGreaterTimes = (known: AcmeRecord, repeat: AcmeRecord): AcmeRecord => {
  const times = timeMembers.flatMap((member) => {
    const greater = [known[member], repeat[member]]
      .filter((time) => time != null)
      .sort()
      .at(-1);
    return greater === undefined ? [] : [[member, greater]];
  });
  return { ...known, ...Object.fromEntries(times) };
};

/** The mirror after an event that says once more what it holds. */
export const repeated = (mirror: Mirror, { content }: Arrival): Mirror => {
  if (content.deleted || mirror.record === null) return mirror;
  return { ...mirror, record: withGreaterTimes(mirror.record, content.record) };
};

/** Closes a decision: the event's fate is remembered, and the mirror has a new revision. */
export const recorded = (mirror: Mirror, arrival: Arrival, come: RecordedFate): Mirror => ({
  ...mirror,
  identities: withIdentity(mirror.identities, arrival.identity, come),
  revision: mirror.revision + 1,
});
