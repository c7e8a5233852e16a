import type { Arrival } from './arrival.ts';
import { applied, noted } from './conclude.ts';
import type { ContactFields } from './contact.ts';
import { type ContactChange, changeContact } from './contact-change.ts';
import type { AcmeRecord, ContactMapping, MappedContact } from './contact-mapping.ts';
import { creationTime } from './creation-time.ts';
import type { Decision } from './decision.ts';
import { isLifted } from './erase-contact.ts';
import { sameValue } from './field-slots.ts';
import { changesBetween, deletedChange, type FieldChange } from './history.ts';
import { type Merged, mergeFields } from './merge.ts';
import type { Taken } from './mirror.ts';
import { advanced } from './next-mirror.ts';
import { isDeleted, isStub } from './stored-contact.ts';

/** The mirror's record under the current mapping; under the old one where the current cannot map it. */
const baseUnder = (mapping: ContactMapping, mappingId: string | null, taken: Taken): ContactFields => {
  const { record, base } = taken;
  if (mappingId === mapping.id) return base.fields;
  const again = mapping.toContact(record);
  return again.problems.length === 0 ? again.contact : base.fields;
};

const fieldsAfter = ({ mirror, contact, mapping }: Arrival, next: ContactFields): Merged => {
  if (contact === null || isStub(contact)) {
    return { fields: next, changes: changesBetween(null, next), isNext: true };
  }
  const sides = { local: contact, next, mapping };
  if (mirror === null) return mergeFields({ ...sides, base: null, before: null });
  // What nobody edited is the base itself and follows AcmeCRM whatever was before, so neither is read.
  if (mirror.untouchedVersion === contact.version)
    return mergeFields({ ...sides, base: contact, before: null });
  const taken = mirror.taken();
  if (taken === null) return mergeFields({ ...sides, base: null, before: null });
  const before = baseUnder(mapping, mirror.mappingId, taken);
  return mergeFields({ ...sides, base: taken.base.fields, before });
};

type Outcome = {
  readonly change: ContactChange | null;
  readonly changes: readonly FieldChange[];
  readonly untouchedVersion: number | null;
};

/** `deleted` merges as a field: only AcmeCRM's own way back from deleted undoes a delete (design rule 4). */
const outcomeOf = (arrival: Arrival, { contact: next, createdAt }: MappedContact): Outcome => {
  const { mirror, contact, event, now } = arrival;
  const merged = fieldsAfter(arrival, next);
  const wasDeleted = contact !== null && isDeleted(contact) && !isLifted(contact);
  const deleted = wasDeleted && mirror?.deleted !== true;
  const changes = [...merged.changes, ...deletedChange(wasDeleted, deleted)];
  const isWhole = contact !== null && !isStub(contact);
  const untouchedAt = (version: number) => ({ untouchedVersion: merged.isNext ? version : null });
  if (isWhole && changes.every(({ from, to }) => sameValue(from, to))) {
    return { change: null, changes, ...untouchedAt(contact.version) };
  }
  const birth = {
    id: event.contactId,
    source: 'acmecrm',
    sourceId: event.data.id,
    createdAt: creationTime(createdAt) ?? now,
  } as const;
  const change = changeContact({ before: contact, birth, fields: merged.fields, deleted, now });
  return { change, changes, ...untouchedAt(change.contact.version) };
};

/** AcmeCRM's full record at a version above the mirror's. */
export const takeRecord = (arrival: Arrival, record: AcmeRecord): Decision => {
  const { mirror, mapping, contentHash } = arrival;
  const mapped = mapping.toContact(record);
  const [problem] = mapped.problems;
  if (problem) {
    return { kind: 'fault', code: 'MAPPING_FAILED', retryable: false, pointer: `/data${problem.pointer}` };
  }
  const taken = { record, base: { fields: mapped.contact, residue: mapped.residue } };
  const { change, changes, untouchedVersion } = outcomeOf(arrival, mapped);
  const mappingId = mapping.id;
  const next = advanced(arrival, { deleted: false, contentHash, mappingId, untouchedVersion, taken });
  // The same content is taken only where a field moves: by a new mapping, or by one that reads the version or a time.
  if (mirror?.contentHash === contentHash && change === null) return noted(next, arrival, 'unchanged');
  return applied(next, arrival, change, changes);
};
