import { fieldsOfContact } from './contact.ts';
import { type ContactChange, changeContact } from './contact-change.ts';
import type { HistoryDraft } from './history.ts';
import { type ContactStub, isDeleted, isStub, type StoredContact } from './stored-contact.ts';

export type LiftInput = {
  readonly id: string;
  readonly contact: StoredContact | null;
  /** The highest version of the contact that others were told of. */
  readonly published: number;
  /** ISO 8601, UTC. */
  readonly now: string;
};

export type Lift =
  | { readonly kind: 'current' }
  | { readonly kind: 'stub'; readonly contact: ContactStub }
  | { readonly kind: 'lifted'; readonly history: HistoryDraft; readonly change: ContactChange };

/**
 * What is to become of a contact of which a higher version was published than is stored: data were lost (design section 5).
 * Its next version comes above all that others have seen, with the fields as they are stored, so that they take it and
 * what follows. One that was lost whole leaves a stub, from which it counts on once it comes back. Pure and total.
 */
export const lift = ({ id, contact, published, now }: LiftInput): Lift => {
  if (contact === null) return { kind: 'stub', contact: { stub: true, id, version: published } };
  if (contact.version >= published) return { kind: 'current' };
  if (isStub(contact)) return { kind: 'stub', contact: { ...contact, version: published } };
  const change = changeContact({
    before: { ...contact, version: published },
    birth: contact,
    fields: fieldsOfContact(contact),
    deleted: isDeleted(contact),
    now,
  });
  const { version } = change.contact;
  const history = { at: now, by: 'rewind', version, outgoingEventId: change.outgoing.eventId, changes: [] };
  return { kind: 'lifted', history, change };
};
