import { linkOf, namedContact, type SourceDeletion } from '@contact-sync/domain';
import type { RecordLink, Snapshot } from '../ports.ts';
import type { Event, Group } from './plan-group.ts';

/** Whose events a group's are: those of the contact that its record is linked with, or of the one that the record makes. */
export type Target = {
  readonly id: string;
  readonly before: Snapshot;
  /** To be written with the events, where the link is new. */
  readonly link?: RecordLink;
  /** Contacts that events of the group name and that are not theirs to name. */
  readonly foreign: ReadonlySet<string>;
};

/** What is held, by the id under which it was read. */
export type Snapshots = ReadonlyMap<string, Snapshot>;

const nothing: Snapshot = { mirror: null, contact: null, sequence: 0 };

const isThere = ({ mirror, contact }: Snapshot): boolean => mirror !== null || contact !== null;

const acmeIdOf = ({ data }: Event): string => String((data as { readonly id?: unknown }).id ?? '');

/** The contacts beside their own that the events of a group name. */
export const namedBy = (events: readonly Event[]): string[] => [
  ...new Set(events.flatMap((event) => namedContact(event) ?? [])),
];

/** The contact that is named and free to be linked, and those that are not. */
const judge = (group: Group, atRecord: Snapshot, held: Snapshots) => {
  const foreign = new Set<string>();
  let linked: string | undefined;
  const [first] = group.items;
  for (const name of group.named) {
    const atContact = held.get(name) ?? nothing;
    const linking = first && linkOf({ acmeId: acmeIdOf(first.event), atRecord, atContact });
    if (linking === 'linked' && linked === undefined) linked = name;
    else if (linking !== 'stranger') foreign.add(name);
  }
  return { linked, foreign };
};

/** Finds out whose events a group's are (design section 6, point 4). Pure. */
export const targetOf = (group: Group, held: Snapshots): Target => {
  const atRecord = held.get(group.id) ?? nothing;
  const { linkedTo } = atRecord;
  if (linkedTo !== undefined) {
    const others = group.named.filter((name) => name !== linkedTo && isThere(held.get(name) ?? nothing));
    return { id: linkedTo, before: held.get(linkedTo) ?? nothing, foreign: new Set(others) };
  }
  if (group.named.length === 0) return { id: group.id, before: atRecord, foreign: new Set() };
  const { linked, foreign } = judge(group, atRecord, held);
  if (linked === undefined) return { id: group.id, before: atRecord, foreign };
  return {
    id: linked,
    before: held.get(linked) ?? nothing,
    link: { recordId: group.id, before: atRecord },
    foreign,
  };
};

/** What was heard of a record before it was linked: at most that it is deleted, for then it has no contact of its own. */
export const heardBefore = ({ link }: Target, now: string): SourceDeletion | null => {
  const mirror = link?.before.mirror ?? null;
  if (!link || mirror === null) return null;
  const { sourceId, sourceVersion, takenAt } = mirror;
  return {
    eventId: `link:${link.recordId}:${sourceVersion}`,
    eventType: 'contact.deleted',
    occurredAt: takenAt,
    receivedAt: now,
    source: 'acmecrm',
    contactId: link.recordId,
    sourceVersion,
    extra: {},
    data: { id: sourceId, acme_version: sourceVersion },
  };
};
