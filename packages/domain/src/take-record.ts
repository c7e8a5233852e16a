import { type Arrival, isAnswer, writtenOf } from './arrival.ts';
import { applied, type Conclusion, noted } from './conclude.ts';
import { changeContact } from './contact-change.ts';
import type { AcmeRecord, MappedContact } from './contact-mapping.ts';
import { creationTime } from './creation-time.ts';
import type { Decision, EventFault } from './decision.ts';
import { sameValue, withSlots } from './field-slots.ts';
import { fieldsAfter } from './fields-after.ts';
import { deletedChange } from './history.ts';
import type { Merged } from './merge.ts';
import type { HeldMirror, NextMirror, Taken } from './mirror.ts';
import { advanced, repeated } from './next-mirror.ts';
import { isDeleted, isStub } from './stored-contact.ts';
import { type SentValues, sentValuesOf, showsAll } from './write-back/sent-values.ts';

type Outcome = Conclusion & Pick<NextMirror, 'untouchedVersion' | 'ownSlots'> & { readonly taken: Taken };

const ownOf = ({ own }: Merged) => (own.size === 0 ? [] : [...own.keys()]);

/** `deleted` merges as a field: only AcmeCRM's own way back from deleted undoes a delete (design rule 4). */
const outcomeOf = (
  arrival: Arrival,
  record: AcmeRecord,
  { contact: next, createdAt, residue }: MappedContact,
  sent: SentValues | null,
): Outcome => {
  const { mirror, contact, contactId, event, now } = arrival;
  const merged = fieldsAfter(arrival, next, sent);
  // A stub without a mirror is of no delete: AcmeCRM's record went with the contact, by an erasure or a loss of data.
  const wasDeleted = contact !== null && isDeleted(contact) && !(isStub(contact) && mirror === null);
  const deleted = wasDeleted && mirror?.deleted !== true;
  const changes = [...merged.changes, ...deletedChange(wasDeleted, deleted)];
  const fields = merged.own.size === 0 ? next : withSlots(next, merged.own);
  const concluded = {
    changes,
    notTaken: merged.notTaken,
    taken: { record, base: { fields, residue } },
    ownSlots: ownOf(merged),
  };
  const isWhole = contact !== null && !isStub(contact);
  const untouchedAt = (version: number) => ({ untouchedVersion: merged.isBase ? version : null });
  if (isWhole && changes.every(({ from, to }) => sameValue(from, to))) {
    return { change: null, ...concluded, ...untouchedAt(contact.version) };
  }
  const birth = {
    id: contactId,
    source: 'acmecrm',
    sourceId: event.data.id,
    createdAt: creationTime(createdAt) ?? now,
  } as const;
  const change = changeContact({ before: contact, birth, fields: merged.fields, deleted, now });
  return { change, ...concluded, ...untouchedAt(change.contact.version) };
};

const unmappable = ({ problems: [problem] }: MappedContact): EventFault | null =>
  problem
    ? { kind: 'fault', code: 'MAPPING_FAILED', retryable: false, pointer: `/data${problem.pointer}` }
    : null;

/** What was sent, as the event may show it. */
const sentIn = (arrival: Arrival): SentValues | null => {
  const sent = writtenOf(arrival);
  if (sent === null) return null;
  const written = sent.kind === 'create' ? null : (arrival.mirror?.taken()?.record ?? null);
  return sentValuesOf(sent, written, arrival.mapping, isAnswer(arrival));
};

/** Until a write is answered nobody knows whether a record that does not show it is AcmeCRM's answer to it. */
const mustWait = (arrival: Arrival, sent: SentValues | null, { contact }: MappedContact): boolean => {
  const written = writtenOf(arrival);
  if (written?.state !== 'under-way' || sent === null || sent.isAnswer) return false;
  return arrival.now < written.until && !showsAll(sent, contact);
};

/** AcmeCRM's full record at a version above the mirror's. */
export const takeRecord = (arrival: Arrival, record: AcmeRecord): Decision => {
  const { mirror, mapping, contentHash } = arrival;
  const mapped = mapping.toContact(record);
  const fault = unmappable(mapped);
  if (fault) return fault;
  const sent = sentIn(arrival);
  if (mustWait(arrival, sent, mapped)) return { kind: 'fault', code: 'WRITE_UNDER_WAY', retryable: true };
  const { taken, untouchedVersion, ownSlots, ...conclusion } = outcomeOf(arrival, record, mapped, sent);
  const told = { deleted: false, contentHash, mappingId: mapping.id, untouchedVersion, ownSlots, taken };
  const next = advanced(arrival, told);
  // The same content is taken only where a field moves: by a new mapping, or by one that reads the version or a time.
  const isSame = mirror?.contentHash === contentHash;
  const isEcho = sent !== null && conclusion.changes.length === 0;
  if (conclusion.change === null && (isSame || isEcho)) return noted(next, arrival, 'unchanged');
  return applied(next, arrival, conclusion);
};

/**
 * The answer to a write that made no version in AcmeCRM, or one that is here already: what it shows instead of what was sent
 * is AcmeCRM's decision all the same.
 */
export const takeAnswer = (arrival: Arrival, mirror: HeldMirror): Decision => {
  const { mapping } = arrival;
  const known = mirror.taken();
  const sent = sentIn(arrival);
  if (known === null || sent === null) return noted(repeated(mirror, arrival), arrival, 'duplicate');
  const mapped = mapping.toContact(known.record);
  const fault = unmappable(mapped);
  if (fault) return fault;
  const { taken, untouchedVersion, ownSlots, ...conclusion } = outcomeOf(arrival, known.record, mapped, sent);
  const next: NextMirror = { ...mirror, mappingId: mapping.id, untouchedVersion, ownSlots, taken };
  return conclusion.changes.length === 0
    ? noted(next, arrival, 'duplicate')
    : applied(next, arrival, conclusion);
};
