import { type Contact, fieldsOfContact } from '../contact.ts';
import { isBlocked } from '../erase-contact.ts';
import { slotsOf, slotValue } from '../field-slots.ts';
import { writeIdOf } from '../identity.ts';
import type { HeldMirror } from '../mirror.ts';
import { isDeleted, isStub } from '../stored-contact.ts';
import type { Holding } from '../stub-of.ts';
import { boundWrites } from './bound-writes.ts';
import { differencesOf } from './differences.ts';
import type { FieldConflict } from './field-conflict.ts';
import { writable } from './merge-patch.ts';
import type { NothingToWrite, PlannedWrite } from './planned-write.ts';
import type { TwoWayMapping } from './two-way-mapping.ts';
import { noWriteBack, type Sent, type WriteBack, type WriteHold, writeBounds } from './write-back.ts';

export type PlanInput = {
  readonly id: string;
  readonly holding: Holding;
  readonly mapping: TwoWayMapping;
  /** Whether deletes go out. */
  readonly deletes: boolean;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** How long a write that is not answered is taken to be on its way, in milliseconds. */
  readonly leaseMs: number;
};

/** What to write, and what is to be stored before anybody is told of it; absent where that stays as it is. */
export type WritePlan = {
  readonly plan: PlannedWrite;
  readonly writeBack?: WriteBack;
  readonly conflict?: FieldConflict;
};

/** A write that is to be made, without what makes it one of its own. */
export type WriteDraft = Pick<Sent, 'kind' | 'ifVersion' | 'members' | 'slots'>;

/** The member by which AcmeCRM's record names the contact that it was made of; unique there. */
const externalId = 'acme_external_id';

const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

const held = (id: string, { version, why, code, pointer }: WriteHold): PlannedWrite => ({
  kind: 'held',
  id,
  version,
  why,
  ...(code !== undefined && { code }),
  ...(pointer !== undefined && { pointer }),
});

/** A write as whoever makes it is told, the first time or again. */
const planOf = (id: string, sent: Sent, mirror: HeldMirror | null): PlannedWrite => {
  const { writeId, version, kind, members, ifVersion } = sent;
  const write = { id, version, writeId };
  if (kind === 'create') return { kind, ...write, record: members, idempotencyKey: writeId };
  const onRecord = { acmeId: mirror?.sourceId ?? '', ifVersion: ifVersion ?? 1 };
  return kind === 'patch'
    ? { kind, ...write, ...onRecord, changes: members }
    : { kind, ...write, ...onRecord };
};

const createOf = (contact: Contact, mapping: TwoWayMapping): WriteDraft | WriteHold => {
  const fields = fieldsOfContact(contact);
  const { record, problems } = mapping.toAcme(fields, {});
  const [problem] = problems;
  if (problem) return unmappable(contact, problem.pointer);
  return {
    kind: 'create',
    ifVersion: null,
    members: { ...writable(record), [externalId]: contact.id },
    slots: Object.fromEntries(slotsOf(fields).map((slot) => [slot, slotValue(fields, slot)])),
  };
};

const unmappable = ({ version }: Contact, pointer: string): WriteHold => ({
  why: 'unmappable',
  version,
  code: 'MAPPING_FAILED',
  pointer,
});

const patchOf = (
  contact: Contact,
  mirror: HeldMirror,
  mapping: TwoWayMapping,
  unsure: Sent | null,
): WriteDraft | WriteHold | NothingToWrite => {
  const taken = mirror.taken();
  if (taken === null) return 'agreed';
  const { slots, changes, problem } = differencesOf(fieldsOfContact(contact), taken, mapping, unsure);
  if (problem) return unmappable(contact, problem.pointer);
  if (Object.keys(changes).length === 0) return 'agreed';
  return { kind: 'patch', ifVersion: mirror.sourceVersion, members: changes, slots };
};

const draftOf = (contact: Contact, input: PlanInput): WriteDraft | WriteHold | NothingToWrite => {
  const { holding, mapping, deletes } = input;
  const { mirror, writeBack } = holding;
  if (isDeleted(contact)) {
    if (mirror === null || mirror.deleted) return 'agreed';
    if (!deletes) return 'deletes-off';
    return { kind: 'delete', ifVersion: mirror.sourceVersion, members: {}, slots: {} };
  }
  if (mirror?.deleted) return 'deleted-there';
  if (mirror === null) return contact.source === 'api' ? createOf(contact, mapping) : 'unknown';
  const sent = writeBack?.sent ?? null;
  return patchOf(contact, mirror, mapping, sent?.kind === 'patch' ? sent : null);
};

/** The write that was sent last, where it is still to be answered: on its way, or to be made once more. */
const openWrite = (input: PlanInput, writeBack: WriteBack): WritePlan | null => {
  const { id, holding, now, leaseMs } = input;
  const { sent } = writeBack;
  if (sent === null) return null;
  if (sent.state === 'under-way' && now < sent.until) {
    const { writeId, version } = sent;
    const retryAfterMs = Math.max(1, Date.parse(sent.until) - Date.parse(now));
    return { plan: { kind: 'under-way', id, version, writeId, retryAfterMs } };
  }
  // Nobody knows whether a create was done until it is answered.
  if (sent.state === 'unsure' && sent.kind !== 'create') return null;
  const again: Sent = { ...sent, state: 'under-way', until: later(now, leaseMs) };
  return { plan: planOf(id, again, holding.mirror), writeBack: { ...writeBack, sent: again } };
};

const nothing = (id: string, why: NothingToWrite, version?: number): WritePlan => ({
  plan: { kind: 'nothing', id, why, ...(version !== undefined && { version }) },
});

const planFor = (contact: Contact, input: PlanInput): WritePlan => {
  const { id, holding, now, leaseMs } = input;
  const { version } = contact;
  const writeBack = holding.writeBack ?? noWriteBack;
  if (writeBack.frozenSince !== null) {
    return { plan: { kind: 'frozen', id, version, since: writeBack.frozenSince } };
  }
  const open = openWrite(input, writeBack);
  if (open) return open;
  if (writeBack.hold?.version === version) return { plan: held(id, writeBack.hold) };
  const draft = draftOf(contact, input);
  if (typeof draft === 'string') return nothing(id, draft, version);
  if ('why' in draft) return { plan: held(id, draft) };
  const stopped = boundWrites(contact, draft, input, writeBack);
  if (stopped) return stopped;
  const revision = holding.mirror?.revision ?? writeBack.revision;
  const sent: Sent = {
    ...draft,
    writeId: writeIdOf(id, version, revision),
    state: 'under-way',
    until: later(now, leaseMs),
    version,
  };
  const recent = [...writeBack.recent, { at: now, version }].slice(-writeBounds.writesInWindow);
  return {
    plan: planOf(id, sent, holding.mirror),
    writeBack: { ...writeBack, sent, recent, hold: null },
  };
};

/**
 * What is to be written to AcmeCRM of one contact (design section 6, point 1): a function of what is held of it, so that
 * whoever asks twice, late or after a crash is told the same. One write at a time; whatever is edited meanwhile goes with the
 * next. Pure and total.
 */
export const planWriteBack = (input: PlanInput): WritePlan => {
  const { id, holding } = input;
  const { contact } = holding;
  if (isBlocked(contact)) return nothing(id, 'erased');
  if (contact === null || isStub(contact)) return nothing(id, 'unknown');
  return planFor(contact, input);
};
