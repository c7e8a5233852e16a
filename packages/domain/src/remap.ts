import { type ContactChange, changeContact } from './contact-change.ts';
import type { ContactMapping } from './contact-mapping.ts';
import type { EventFault } from './decision.ts';
import { withSlots } from './field-slots.ts';
import type { FieldChange, HistoryDraft } from './history.ts';
import { mergeFields } from './merge.ts';
import type { NextMirror } from './mirror.ts';
import { isDeleted, isStub } from './stored-contact.ts';
import type { Holding } from './stub-of.ts';

/** Nothing to map anew: the base is under this mapping, or no record or no contact is left (a stub, a bare delete). */
export type CurrentRemap = { readonly kind: 'current' };

/** The base moves to this mapping, and the contact stays as it is: no version, no history, no event (design rule 6). */
export type NotedRemap = { readonly kind: 'noted'; readonly mirror: NextMirror };

/** Fields moved: a new version with its history entry and its event. */
export type AppliedRemap = {
  readonly kind: 'remapped';
  readonly mirror: NextMirror;
  readonly history: HistoryDraft;
  readonly change: ContactChange;
};

/** The record cannot be mapped any more; the pointer is into AcmeCRM's record. Nothing is written. */
export type RemapFault = EventFault & { readonly pointer: string };

export type Remap = CurrentRemap | NotedRemap | AppliedRemap | RemapFault;

export type RemapInput = Holding & {
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: string;
};

/** No source version: that is of the event which brought the record, and has its own entry. */
const historyOf = (
  { contact, outgoing }: ContactChange,
  changes: readonly FieldChange[],
  { mapping, now }: RemapInput,
): HistoryDraft => ({
  at: now,
  by: 'remap',
  version: contact.version,
  outgoingEventId: outgoing.eventId,
  mappingId: mapping.id,
  changes: [...changes],
});

/**
 * What a changed mapping makes of a contact (design rule 4) before AcmeCRM's next event: the record as last taken,
 * under the current mapping. Fields that are as they were taken move, those edited here stay; a deleted contact stays
 * deleted. What AcmeCRM said and when is not touched. Pure and total, as `decide` is.
 */
export const remap = (input: RemapInput): Remap => {
  const { mirror, contact, mapping, now } = input;
  if (mirror === null || mirror.mappingId === mapping.id) return { kind: 'current' };
  const taken = contact === null || isStub(contact) ? null : mirror.taken();
  if (contact === null || isStub(contact) || taken === null) return { kind: 'current' };
  const { record, base } = taken;
  const { contact: next, residue, problems } = mapping.toContact(record);
  const [problem] = problems;
  if (problem) {
    return { kind: 'fault', code: 'MAPPING_FAILED', retryable: false, pointer: problem.pointer };
  }
  // The record is the same on both sides, so AcmeCRM changed nothing and no edit gives way.
  const { ownSlots } = mirror;
  const merged = mergeFields({ local: contact, base: base.fields, before: next, next, mapping, ownSlots });
  const fields = merged.own.size === 0 ? next : withSlots(next, merged.own);
  const remapped = (version: number): NextMirror => ({
    ...mirror,
    mappingId: mapping.id,
    taken: { record, base: { fields, residue } },
    ownSlots: [...merged.own.keys()],
    untouchedVersion: merged.isBase ? version : null,
    revision: mirror.revision + 1,
  });
  if (merged.changes.length === 0) return { kind: 'noted', mirror: remapped(contact.version) };
  const change = changeContact({
    before: contact,
    birth: contact,
    fields: merged.fields,
    deleted: isDeleted(contact),
    now,
  });
  const history = historyOf(change, merged.changes, input);
  return { kind: 'remapped', mirror: remapped(change.contact.version), history, change };
};
