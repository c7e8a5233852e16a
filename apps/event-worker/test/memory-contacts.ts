import {
  type AnsweredWrite,
  type ApplyResult,
  contactIdOfAcme,
  type PlannedWrite,
  type SourceEvent,
  type WriteOutcome,
} from '@contact-sync/domain';
import type { AcmeMembers } from '../src/acme/acme-api.ts';
import type { ContactApplier } from '../src/ports.ts';
import type { Write, WritePlanner } from '../src/write-back/ports.ts';

type Record = { readonly id: string; readonly version: number; readonly members: AcmeMembers };

/** A contact as the plan sees it: what it should be in AcmeCRM's members, and what AcmeCRM is known to have. */
type Held = {
  version: number;
  members: AcmeMembers;
  deleted: boolean;
  mirror?: Record;
  underWay?: Write & { lost?: boolean };
  held?: Extract<PlannedWrite, { kind: 'held' }>['why'];
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * contact-service as the writer needs it, for tests of the writer alone: what is edited here and not there is written, what
 * AcmeCRM changed is taken, one write of a contact is under way. Its merge is by member and knows no owner.
 */
export const memoryContacts = () => {
  const contacts = new Map<string, Held>();
  const applied: SourceEvent[] = [];
  const outcomes: WriteOutcome[] = [];
  let writes = 0;

  const planOf = (id: string): PlannedWrite => {
    const held = contacts.get(id);
    if (held === undefined) return { kind: 'nothing', id, why: 'unknown' };
    const { version, mirror, underWay } = held;
    if (held.held !== undefined) return { kind: 'held', id, version, why: held.held };
    if (underWay !== undefined) {
      if (!underWay.lost)
        return { kind: 'under-way', id, version, writeId: underWay.writeId, retryAfterMs: 1 };
      const { lost: _, ...again } = underWay;
      held.underWay = again;
      return again;
    }
    const write = writeOf(id, held, mirror);
    if (write === undefined) return { kind: 'nothing', id, version, why: 'agreed' };
    held.underWay = write;
    return write;
  };

  const writeOf = (id: string, held: Held, mirror: Record | undefined): Write | undefined => {
    writes += 1;
    const head = { id, version: held.version, writeId: `write-${writes}` };
    if (mirror === undefined) {
      const record = { ...held.members, acme_external_id: id };
      return { kind: 'create', ...head, record, idempotencyKey: `create-${id}` };
    }
    const on = { acmeId: mirror.id, ifVersion: mirror.version };
    if (held.deleted) return { kind: 'delete', ...head, ...on };
    const changes = Object.entries(held.members).filter(
      ([name, value]) => !isSame(mirror.members[name], value),
    );
    return changes.length === 0
      ? undefined
      : { kind: 'patch', ...head, ...on, changes: Object.fromEntries(changes) };
  };

  const idOf = (event: SourceEvent): string => {
    const linked = [...contacts].find(([, { mirror }]) => mirror?.id === event.data.id);
    return event.answers?.contactId ?? linked?.[0] ?? contactIdOfAcme(event.data.id);
  };

  const take = (held: Held, { data, sourceVersion, eventType }: SourceEvent): void => {
    const before = held.mirror?.members ?? {};
    if (eventType === 'contact.deleted') {
      held.deleted = true;
      held.held = 'not-found';
      return;
    }
    const members = data as AcmeMembers;
    const sent = held.underWay?.kind === 'patch' ? held.underWay.changes : {};
    const isTheirs = ([name, value]: [string, unknown]) =>
      name in held.members && !isSame(before[name], value) && !isSame(sent[name], value);
    const theirs = Object.entries(members).filter(isTheirs);
    if (held.mirror !== undefined) held.members = { ...held.members, ...Object.fromEntries(theirs) };
    held.mirror = { id: data.id, version: sourceVersion, members };
  };

  const settled = (held: Held | undefined, { writeId }: Pick<AnsweredWrite, 'writeId'>): void => {
    if (held?.underWay?.writeId === writeId) delete held.underWay;
  };

  const applyOne = (event: SourceEvent): ApplyResult => {
    applied.push(event);
    const held = contacts.get(idOf(event));
    if (held === undefined) return { eventId: event.eventId, fate: 'applied' };
    if ((held.mirror?.version ?? 0) < event.sourceVersion) take(held, event);
    if (event.answers !== undefined) settled(held, event.answers);
    return { eventId: event.eventId, fate: 'applied' };
  };

  const settleOne = (outcome: WriteOutcome): void => {
    outcomes.push(outcome);
    const held = contacts.get(outcome.id);
    if (outcome.outcome === 'lost' && held?.underWay !== undefined) held.underWay.lost = true;
    else settled(held, outcome);
    const ends: readonly string[] = ['refused', 'not-found', 'given-up'];
    if (held !== undefined && ends.includes(outcome.outcome)) held.held = outcome.outcome as 'refused';
  };

  const planner: WritePlanner = {
    plan: async (ids) => ids.map(planOf),
    settle: async (told) => told.forEach(settleOne),
  };
  const applier: ContactApplier = { apply: async (events) => ({ results: events.map(applyOne) }) };
  return {
    planner,
    applier,
    applied,
    outcomes,
    contact: (id: string): Held => contacts.get(id) ?? { version: 0, members: {}, deleted: false },
    /** A contact that AcmeCRM has as `record`. */
    known: (record: AcmeMembers & { readonly id: string; readonly acme_version: number }): string => {
      const { id, acme_version, ...members } = record;
      const contactId = contactIdOfAcme(id);
      contacts.set(contactId, {
        version: 1,
        members,
        deleted: false,
        mirror: { id, version: acme_version, members: record },
      });
      return contactId;
    },
    /** Somebody edits it here, or makes it. */
    edit: (id: string, members: AcmeMembers): void => {
      const before = contacts.get(id) ?? { version: 0, members: {}, deleted: false };
      const { held: _, ...free } = before;
      contacts.set(id, { ...free, version: before.version + 1, members: { ...before.members, ...members } });
    },
    remove: (id: string): void => {
      const held = contacts.get(id);
      if (held !== undefined) contacts.set(id, { ...held, version: held.version + 1, deleted: true });
    },
  };
};
