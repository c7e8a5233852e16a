import type { Contact } from '../contact.ts';
import { isBlocked } from '../erase-contact.ts';
import { writeIdOf } from '../identity.ts';
import type { HeldMirror } from '../mirror.ts';
import { isStub } from '../stored-contact.ts';
import type { Holding } from '../stub-of.ts';
import { boundWrites } from './bound-writes.ts';
import { draftOf } from './draft-write.ts';
import type { FieldConflict } from './field-conflict.ts';
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

/** The write that was sent last, where it is taken to be on its way. */
const writeUnderWay = ({ id, now }: PlanInput, { sent }: WriteBack): WritePlan | null => {
  if (sent?.state !== 'under-way' || now >= sent.until) return null;
  const { writeId, version } = sent;
  const retryAfterMs = Math.max(1, Date.parse(sent.until) - Date.parse(now));
  return { plan: { kind: 'under-way', id, version, writeId, retryAfterMs } };
};

/** The same, where it is to be made once more. */
const writeOnceMore = (input: PlanInput, writeBack: WriteBack): WritePlan | null => {
  const { id, holding, now, leaseMs } = input;
  const { sent } = writeBack;
  if (sent === null) return null;
  // Nobody knows whether a create was done until it is answered.
  if (sent.state === 'unsure' && sent.kind !== 'create') return null;
  const again: Sent = { ...sent, state: 'under-way', isAgain: true, until: later(now, leaseMs) };
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
  const underWay = writeUnderWay(input, writeBack);
  if (underWay) return underWay;
  if (writeBack.hold?.version === version) return { plan: held(id, writeBack.hold) };
  const onceMore = writeOnceMore(input, writeBack);
  if (onceMore) return onceMore;
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
