import type { Arrival } from './arrival.ts';
import { applied, noted } from './conclude.ts';
import { fieldsOfContact } from './contact.ts';
import { type ContactChange, changeContact } from './contact-change.ts';
import type { AppliedDecision, NotedDecision } from './decision.ts';
import { deletedChange } from './history.ts';
import { noOwnSlots } from './mirror.ts';
import { advanced } from './next-mirror.ts';
import { isDeleted, isStub } from './stored-contact.ts';

const deletionOf = ({ contact, now }: Arrival): ContactChange | null => {
  if (contact === null || isStub(contact) || isDeleted(contact)) return null;
  return changeContact({
    before: contact,
    birth: contact,
    fields: fieldsOfContact(contact),
    deleted: true,
    now,
  });
};

/** A delete leaves the fields as they were, so what nobody has edited is still the base. */
const untouchedAfter = ({ mirror, contact }: Arrival, change: ContactChange | null): number | null => {
  const untouched = mirror?.untouchedVersion ?? null;
  return change !== null && contact?.version === untouched ? change.contact.version : untouched;
};

/** AcmeCRM deleted the contact: all fields stay, in the mirror and here; nothing is mapped. */
export const takeDeletion = (arrival: Arrival): AppliedDecision | NotedDecision => {
  const { mirror, contentHash, writeBack } = arrival;
  const change = mirror?.deleted ? null : deletionOf(arrival);
  const next = advanced(arrival, {
    deleted: true,
    contentHash,
    mappingId: mirror?.mappingId ?? null,
    untouchedVersion: untouchedAfter(arrival, change),
    ownSlots: mirror?.ownSlots ?? noOwnSlots,
    taken: mirror === null ? null : 'kept',
  });
  // Our own delete, heard back, is no news.
  const isEcho = writeBack?.sent?.kind === 'delete' && change === null;
  if (mirror?.deleted || isEcho) return noted(next, arrival, 'unchanged');
  return applied(next, arrival, { change, changes: deletedChange(false, change !== null) });
};
