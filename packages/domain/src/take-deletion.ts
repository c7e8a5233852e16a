import type { Arrival } from './arrival.ts';
import { applied, noted } from './conclude.ts';
import { fieldsOfContact } from './contact.ts';
import { type ContactChange, changeContact } from './contact-change.ts';
import type { AppliedDecision, NotedDecision } from './decision.ts';
import { deletedChange } from './history.ts';
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

/** AcmeCRM deleted the contact: all fields stay, in the mirror and here; nothing is mapped. */
export const takeDeletion = (arrival: Arrival): AppliedDecision | NotedDecision => {
  const { mirror, contentHash } = arrival;
  const next = advanced(arrival, {
    deleted: true,
    contentHash,
    record: mirror?.record ?? null,
    base: mirror?.base ?? null,
    untouchedVersion: mirror?.untouchedVersion ?? null,
  });
  if (mirror?.deleted) return noted(next, arrival, 'unchanged');
  const change = deletionOf(arrival);
  return applied(next, arrival, change, deletedChange(false, change !== null));
};
