import type { Contact, ContactFields } from './contact.ts';
import { outgoingEventId } from './identity.ts';
import { isStub, type StoredContact } from './stored-contact.ts';

/** The event that tells others of a change; `type` ends the topic's name, the contact goes along whole. */
export type Outgoing = {
  readonly type: 'created' | 'updated' | 'deleted';
  readonly eventId: string;
  /** The delete is for good, and the contact goes along empty. */
  readonly erased?: true;
};

/** A new version of a contact and its one outgoing event: written together or not at all (design rule 6). */
export type ContactChange = { readonly contact: Contact; readonly outgoing: Outgoing };

export type NextContact = {
  readonly before: StoredContact | null;
  /** For a contact that is not there whole yet; one without a time of its own is born now. */
  readonly birth: Pick<Contact, 'id' | 'source' | 'sourceId'> & Partial<Pick<Contact, 'createdAt'>>;
  readonly fields: ContactFields;
  readonly deleted: boolean;
  readonly now: string;
};

/** contracts.md, "Outgoing event type". */
const outgoingType = (before: StoredContact | null, deleted: boolean): Outgoing['type'] => {
  if (deleted) return 'deleted';
  return before === null ? 'created' : 'updated';
};

/** The next version; call it only where something changes. */
export const changeContact = ({ before, birth, fields, deleted, now }: NextContact): ContactChange => {
  const whole = before === null || isStub(before) ? null : before;
  const version = (before?.version ?? 0) + 1;
  const contact: Contact = {
    ...fields,
    id: birth.id,
    source: whole?.source ?? birth.source,
    sourceId: whole === null ? birth.sourceId : whole.sourceId,
    createdAt: before?.createdAt ?? birth.createdAt ?? now,
    updatedAt: now,
    ...(deleted && { deletedAt: whole?.deletedAt ?? now }),
    version,
  };
  const outgoing = { type: outgoingType(before, deleted), eventId: outgoingEventId(birth.id, version) };
  return { contact, outgoing };
};
