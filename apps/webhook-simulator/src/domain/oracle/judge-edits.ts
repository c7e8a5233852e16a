import type { Findings } from '@contact-sync/api-contracts';
import type { SimulatedEvent } from '../acme/event.ts';
import type { Evidence } from './evidence.ts';
import { wrongFields } from './expected-contact.ts';
import type { ContactViews } from './views.ts';

/** Edits made here, by their history entries: those that were answered as made must be there, once each. */
const judgeCount = ({ contactId, edits }: Evidence, history: ContactViews['history']): Partial<Findings> => {
  const entries = (history ?? []).filter(({ sourceVersion }) => sourceVersion === undefined).length;
  const made = edits.filter(({ isMade }) => isMade).length;
  const detail = `${entries} entries for ${made} edits`;
  if (entries < made) return { lost: [{ contactId, code: 'EDIT_LOST', detail }] };
  if (entries <= edits.length) return {};
  // Of a contact that nobody was to edit, somebody else did: AcmeCRM's record no longer decides.
  return edits.length === 0
    ? { unverified: [{ contactId, code: 'EDITED_HERE' }] }
    : { doubled: [{ contactId, code: 'EDIT_DOUBLED', detail }] };
};

export type JudgedEdits = {
  readonly findings: Partial<Findings>;
  /** Fields in which the contact says neither what AcmeCRM's record says nor what was edited here. */
  readonly wrongFields: readonly string[];
};

/**
 * Judges a live contact's fields: one that was edited here, and that AcmeCRM left alone, says what was edited (design
 * rule 4); every other says what AcmeCRM says. Who edits beside the run leaves the fields unverified.
 */
export const judgeEdits = (
  evidence: Evidence,
  record: NonNullable<SimulatedEvent['record']>,
  { contact, history }: ContactViews & { readonly contact: NonNullable<ContactViews['contact']> },
): JudgedEdits => {
  const counted = judgeCount(evidence, history);
  if (counted.unverified) return { findings: counted, wrongFields: [] };
  const wrong = wrongFields(record, contact);
  const isEdited = (field: string) =>
    evidence.edits.some((edit) => edit.field === field && contact[edit.field] === edit.value);
  const undone = evidence.edits.filter(({ field, value, isMade }) => isMade && contact[field] !== value);
  const { contactId } = evidence;
  return {
    findings: {
      ...counted,
      lost: [
        ...(counted.lost ?? []),
        ...undone.map(({ field }) => ({ contactId, code: 'EDIT_LOST', detail: field }) as const),
      ],
      unverified: evidence.edits
        .filter(({ isMade }) => !isMade)
        .map(({ field }) => ({ contactId, code: 'EDIT_NOT_MADE', detail: field }) as const),
    },
    wrongFields: wrong.filter((field) => !isEdited(field)),
  };
};
