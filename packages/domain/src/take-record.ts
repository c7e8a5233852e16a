import type { Arrival } from './arrival.ts';
import { applied, noted } from './conclude.ts';
import type { ContactFields } from './contact.ts';
import { type ContactChange, changeContact } from './contact-change.ts';
import type { AcmeRecord, ContactMapping } from './contact-mapping.ts';
import type { Decision } from './decision.ts';
import { sameValue } from './field-slots.ts';
import { changesBetween, deletedChange, type FieldChange } from './history.ts';
import { mergeFields } from './merge.ts';
import type { Mirror } from './mirror.ts';
import { advanced } from './next-mirror.ts';
import { isDeleted, isStub } from './stored-contact.ts';

/** The mirror's record under the current mapping; under the old one where the current cannot map it. */
const baseUnder = (mapping: ContactMapping, mirror: Mirror | null): ContactFields | null => {
  if (!mirror?.record || !mirror.base) return null;
  if (mirror.base.mappingId === mapping.id) return mirror.base.fields;
  const again = mapping.toContact(mirror.record);
  return again.problems.length === 0 ? again.contact : mirror.base.fields;
};

const fieldsAfter = (
  { mirror, contact, mapping }: Arrival,
  next: ContactFields,
): { fields: ContactFields; changes: readonly FieldChange[] } => {
  if (contact === null || isStub(contact)) return { fields: next, changes: changesBetween(null, next) };
  return mergeFields({
    local: contact,
    base: mirror?.base?.fields ?? null,
    before: baseUnder(mapping, mirror),
    next,
    mapping,
  });
};

type Outcome = { readonly change: ContactChange | null; readonly changes: readonly FieldChange[] };

/** `deleted` merges as a field: only AcmeCRM's own way back from deleted undoes a delete (design rule 4). */
const outcomeOf = (arrival: Arrival, next: ContactFields): Outcome => {
  const { mirror, contact, event, now } = arrival;
  const merged = fieldsAfter(arrival, next);
  const wasDeleted = contact !== null && isDeleted(contact);
  const deleted = wasDeleted && mirror?.deleted !== true;
  const changes = [...merged.changes, ...deletedChange(wasDeleted, deleted)];
  const isWhole = contact !== null && !isStub(contact);
  if (isWhole && changes.every(({ from, to }) => sameValue(from, to))) return { change: null, changes };
  const birth = { id: event.contactId, source: 'acmecrm', sourceId: event.data.id } as const;
  const change = changeContact({ before: contact, birth, fields: merged.fields, deleted, now });
  return { change, changes };
};

/** AcmeCRM's full record at a version above the mirror's. */
export const takeRecord = (arrival: Arrival, record: AcmeRecord): Decision => {
  const { mirror, mapping, contentHash } = arrival;
  const isSame = mirror?.contentHash === contentHash;
  const content = { deleted: false, contentHash, record };
  if (isSame && mirror.base?.mappingId === mapping.id) {
    return noted(advanced(arrival, { ...content, base: mirror.base }), arrival, 'unchanged');
  }
  const mapped = mapping.toContact(record);
  const [problem] = mapped.problems;
  if (problem) {
    return { kind: 'fault', code: 'MAPPING_FAILED', retryable: false, pointer: `/data${problem.pointer}` };
  }
  const base = { mappingId: mapping.id, fields: mapped.contact, residue: mapped.residue };
  const next = advanced(arrival, { ...content, base });
  const { change, changes } = outcomeOf(arrival, mapped.contact);
  // Same content under a new mapping: taken only if the mapping moved a field.
  if (isSame && change === null) return noted(next, arrival, 'unchanged');
  return applied(next, arrival, change, changes);
};
