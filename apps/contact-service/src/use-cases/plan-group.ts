import {
  type AppliedDecision,
  type ApplyResult,
  type ContactMapping,
  type Decision,
  decide,
  type EventFault,
  externalIdHash,
  type FieldConflict,
  mirrorAfter,
  type NextMirror,
  type NotedDecision,
  namedContact,
  type SourceEnvelope,
} from '@contact-sync/domain';
import type { Static } from 'typebox';
import type { ContactWrite } from '../ports.ts';
import { heardBefore, namedBy, type Snapshots, type Target, targetOf } from './link-group.ts';

export type Event = Static<typeof SourceEnvelope>;

/** An event and its place in the batch. */
type Item = { readonly index: number; readonly event: Event };

/** A contact's events of one batch, in their order, and the external ids that they carry, hashed. */
export type Group = {
  readonly id: string;
  readonly items: readonly Item[];
  readonly externalIds: readonly string[];
  /** The contacts beside its own that they name. */
  readonly named: readonly string[];
};

/** What a group comes to if its write does, in the order of its items; without a write it comes to it at once. */
export type Plan = { readonly write: ContactWrite | null; readonly results: readonly ApplyResult[] };

export const groupByContact = (events: readonly Event[]): Group[] => {
  const items = events.map((event, index) => ({ index, event }));
  return [...Map.groupBy(items, ({ event }) => event.contactId)].map(([id, found]) => ({
    id,
    items: found,
    externalIds: found.flatMap(({ event }) => externalIdHash(event.extra) ?? []),
    named: namedBy(found.map(({ event }) => event)),
  }));
};

const isOfErased = (event: Event, blocked: ReadonlySet<string>): boolean => {
  if (blocked.size === 0) return false;
  const hashed = externalIdHash(event.extra);
  return hashed !== null && blocked.has(hashed);
};

const resultOf = (eventId: string, decision: Decision): ApplyResult => {
  if (decision.kind === 'fault') {
    const { code, retryable, pointer } = decision;
    return { eventId, code, retryable, ...(pointer !== undefined && { pointer }) };
  }
  const version = decision.kind === 'applied' ? decision.change?.contact.version : undefined;
  const made = decision.kind === 'recorded' ? decision.version : version;
  return { eventId, fate: decision.fate, ...(made !== undefined && { version: made }) };
};

/** The result with what would change; for dry runs, of which nothing else tells. */
const resultWithChanges = (eventId: string, decision: Decision): ApplyResult => {
  const result = resultOf(eventId, decision);
  return decision.kind === 'applied' ? { ...result, changes: [...decision.history.changes] } : result;
};

/** What an earlier event of the batch took is still to be written where a later one keeps it. */
const withTaken = (next: NextMirror, earlier: NextMirror | null): NextMirror =>
  next.taken === 'kept' && earlier !== null ? { ...next, taken: earlier.taken } : next;

/** What a group is decided on. */
export type Ground = {
  /** What is held of the group's contact, and of those that its events name. */
  readonly held: Snapshots;
  /** Of the external ids of its events those that are of erased contacts. */
  readonly blocked: ReadonlySet<string>;
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Whether the results tell what would change. */
  readonly dryRun: boolean;
};

const linkConflict: EventFault = {
  kind: 'fault',
  code: 'LINK_CONFLICT',
  retryable: false,
  pointer: '/extra/acme_external_id',
};

/** Decides events one after the other, each on what the one before it leaves, and gathers what is to be written. */
const createCourse = ({ id, before }: Target, { mapping, now }: Ground) => {
  let { mirror: held, contact, writeBack = null } = before;
  let mirror: NextMirror | null = null;
  const history: ContactWrite['history'][number][] = [];
  const outgoing: ContactWrite['outgoing'][number][] = [];
  const conflicts: FieldConflict[] = [];
  let isWriteBackNew = false;

  const keep = (decision: NotedDecision | AppliedDecision): void => {
    held = mirrorAfter(held, decision.mirror);
    mirror = withTaken(decision.mirror, mirror);
    if (decision.writeBack) {
      ({ writeBack } = decision);
      isWriteBackNew = true;
    }
    if (decision.kind === 'noted') return;
    history.push(decision.history);
    conflicts.push(...(decision.conflicts ?? []));
    if (decision.change === null) return;
    contact = decision.change.contact;
    outgoing.push(decision.change);
  };

  return {
    decide: (event: Event): Decision => {
      const decision = decide({ mirror: held, contact, writeBack, contactId: id, event, mapping, now });
      if (decision.kind === 'noted' || decision.kind === 'applied') keep(decision);
      return decision;
    },
    write: (): ContactWrite | null =>
      mirror && {
        id,
        before,
        mirror,
        contact: outgoing.at(-1)?.contact ?? null,
        history,
        outgoing,
        ...(isWriteBackNew && writeBack && { writeBack }),
        ...(conflicts.length > 0 && { conflicts }),
      },
  };
};

/** Decides the events of a record of AcmeCRM, as those of the contact that it is linked with or makes. */
export const planGroup = (group: Group, ground: Ground): Plan => {
  const { held, blocked, now, dryRun } = ground;
  const toResult = dryRun ? resultWithChanges : resultOf;
  const target = targetOf(group, held);
  const course = createCourse(target, ground);
  const heard = heardBefore(target, now);
  if (heard) course.decide(heard);
  const ofOther = target.id === group.id ? undefined : { contactId: target.id };
  const results = group.items.map(({ event }): ApplyResult => {
    const { eventId } = event;
    if (isOfErased(event, blocked)) return { eventId, fate: 'superseded' };
    const named = namedContact(event);
    if (named !== null && target.foreign.has(named)) return toResult(eventId, linkConflict);
    return { ...toResult(eventId, course.decide(event)), ...ofOther };
  });
  const write = course.write();
  if (write === null) return { write, results };
  const passed = group.externalIds.filter((hashed) => !blocked.has(hashed));
  return {
    write: {
      ...write,
      ...(passed.length > 0 && { externalIds: passed }),
      ...(target.link && { link: target.link }),
    },
    results,
  };
};
