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

type Mirror = { readonly id: string; readonly version: number; readonly members: AcmeMembers };

/** A contact as the plan sees it: what it should be in AcmeCRM's members, and what AcmeCRM is known to have. */
type Held = {
  version: number;
  members: AcmeMembers;
  deleted: boolean;
  deletedThere?: true;
  mirror?: Mirror;
  underWay?: Write & { lost?: boolean };
  hold?: Omit<Extract<PlannedWrite, { kind: 'held' }>, 'id' | 'kind' | 'version'>;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What AcmeCRM is to be told of a contact, if anything. */
const writeOf = (id: string, held: Held, writeId: string): Write | undefined => {
  const { version, members, mirror, deleted } = held;
  const head = { id, version, writeId };
  if (mirror === undefined) {
    const record = { ...members, acme_external_id: id };
    return { kind: 'create', ...head, record, idempotencyKey: `create-${id}` };
  }
  const on = { acmeId: mirror.id, ifVersion: mirror.version };
  if (deleted) return { kind: 'delete', ...head, ...on };
  const changes = Object.entries(members).filter(([name, value]) => !isSame(mirror.members[name], value));
  if (changes.length === 0) return undefined;
  return { kind: 'patch', ...head, ...on, changes: Object.fromEntries(changes) };
};

const planOf = (id: string, held: Held | undefined, writeId: string): PlannedWrite => {
  if (held === undefined) return { kind: 'nothing', id, why: 'unknown' };
  const { version, underWay } = held;
  if (held.hold !== undefined) return { kind: 'held', id, version, ...held.hold };
  if (held.deletedThere) return { kind: 'nothing', id, version, why: 'deleted-there' };
  if (underWay !== undefined && !underWay.lost)
    return { kind: 'under-way', id, version, writeId: underWay.writeId, retryAfterMs: 1 };
  const { lost: _, ...again } = underWay ?? {};
  const write = underWay === undefined ? writeOf(id, held, writeId) : (again as Write);
  if (write === undefined) return { kind: 'nothing', id, version, why: 'agreed' };
  held.underWay = write;
  return write;
};

/** What AcmeCRM changed is taken, and what it shows of a write of ours is nobody's change. */
const take = (held: Held, { data, sourceVersion, eventType }: SourceEvent): void => {
  if ((held.mirror?.version ?? 0) >= sourceVersion) return;
  if (eventType === 'contact.deleted') {
    held.deleted = true;
    held.deletedThere = true;
    return;
  }
  const before = held.mirror?.members;
  const members = data as AcmeMembers;
  const sent = held.underWay?.kind === 'patch' ? held.underWay.changes : {};
  const isTheirs = ([name, value]: [string, unknown]) =>
    name in held.members && !isSame(before?.[name], value) && !isSame(sent[name], value);
  const theirs = Object.fromEntries(Object.entries(members).filter(isTheirs));
  if (before !== undefined) held.members = { ...held.members, ...theirs };
  held.mirror = { id: data.id, version: sourceVersion, members };
};

const settled = (held: Held, { writeId }: Pick<AnsweredWrite, 'writeId'>): void => {
  if (held.underWay?.writeId === writeId) delete held.underWay;
};

const settle = (held: Held, outcome: WriteOutcome): void => {
  if (outcome.outcome === 'lost' && held.underWay !== undefined) held.underWay.lost = true;
  else settled(held, outcome);
  if (outcome.outcome === 'not-found') held.hold = { why: 'not-found' };
  if (outcome.outcome !== 'refused' && outcome.outcome !== 'given-up') return;
  const { outcome: why, code, pointer } = outcome;
  held.hold = { why, code, ...(pointer !== undefined && { pointer }) };
};

const none = (): Held => ({ version: 0, members: {}, deleted: false });

/**
 * contact-service as the writer needs it, for tests of the writer alone: what is edited here and not there is written, what
 * AcmeCRM changed is taken, one write of a contact is under way. Its merge is by member and knows no owner.
 */
export const memoryContacts = () => {
  const contacts = new Map<string, Held>();
  const applied: SourceEvent[] = [];
  const outcomes: WriteOutcome[] = [];
  let writes = 0;

  const heldOf = ({ answers, data }: SourceEvent): Held | undefined => {
    const linked = [...contacts].find(([, { mirror }]) => mirror?.id === data.id);
    return contacts.get(answers?.contactId ?? linked?.[0] ?? contactIdOfAcme(data.id));
  };
  const planner: WritePlanner = {
    plan: async (ids) => {
      writes += 1;
      return ids.map((id) => planOf(id, contacts.get(id), `write-${writes}-${id}`));
    },
    settle: async (told) => {
      outcomes.push(...told);
      for (const outcome of told) settle(contacts.get(outcome.id) ?? none(), outcome);
    },
  };
  const applyOne = (event: SourceEvent): ApplyResult => {
    applied.push(event);
    const held = heldOf(event) ?? none();
    take(held, event);
    if (event.answers !== undefined) settled(held, event.answers);
    return { eventId: event.eventId, fate: 'applied' };
  };
  const applier: ContactApplier = { apply: async (events) => ({ results: events.map(applyOne) }) };
  return {
    planner,
    applier,
    applied,
    outcomes,
    contact: (id: string): Held => contacts.get(id) ?? none(),
    /** A contact that AcmeCRM has as `record`. */
    known: (record: AcmeMembers & { readonly id: string; readonly acme_version: number }): string => {
      const { id, acme_version: version, ...members } = record;
      const contactId = contactIdOfAcme(id);
      contacts.set(contactId, { ...none(), version: 1, members, mirror: { id, version, members: record } });
      return contactId;
    },
    /** Somebody edits it here, or makes it. */
    edit: (id: string, members: AcmeMembers): void => {
      const { hold: _, ...before } = contacts.get(id) ?? none();
      contacts.set(id, {
        ...before,
        version: before.version + 1,
        members: { ...before.members, ...members },
      });
    },
    remove: (id: string): void => {
      const before = contacts.get(id) ?? none();
      contacts.set(id, { ...before, version: before.version + 1, deleted: true });
    },
  };
};
