import { type Contact, type ContactFields, fieldsOfContact } from './contact.ts';
import { changeContact, type NextContact, type Outgoing } from './contact-change.ts';
import { changesBetween, deletedChange, type FieldChange, type HistoryDraft } from './history.ts';
import { isDeleted } from './stored-contact.ts';

/** Who edits, as history will name them, and when (ISO 8601, UTC). */
export type Editor = { readonly by: string; readonly now: string };

/** A new version with its history entry and its outgoing event: written together or not at all. */
export type Edited = {
  readonly kind: 'edited';
  readonly contact: Contact;
  readonly history: HistoryDraft;
  readonly outgoing: Outgoing;
};

/** The contact is already as it was asked for: no version, no history, no event (design rule 6). */
export type Unedited = { readonly kind: 'unedited'; readonly contact: Contact };

/** The contact's state does not allow it (contracts.md, "Outgoing event type"). */
export type RefusedEdit = { readonly kind: 'refused'; readonly code: 'CONTACT_DELETED' };

type Step = NextContact & { readonly by: string; readonly changes: FieldChange[] };

const step = ({ by, changes, ...next }: Step): Edited => {
  const { contact, outgoing } = changeContact(next);
  const { version } = contact;
  const history = { at: next.now, by, version, outgoingEventId: outgoing.eventId, changes };
  return { kind: 'edited', contact, history, outgoing };
};

const setDeleted = (contact: Contact, deleted: boolean, editor: Editor): Edited | Unedited => {
  if (isDeleted(contact) === deleted) return { kind: 'unedited', contact };
  const changes = deletedChange(!deleted, deleted);
  return step({
    ...editor,
    before: contact,
    birth: contact,
    fields: fieldsOfContact(contact),
    deleted,
    changes,
  });
};

/** A contact born here, at version 1. */
export const createContact = (id: string, fields: ContactFields, editor: Editor): Edited =>
  step({
    ...editor,
    before: null,
    birth: { id, source: 'api', sourceId: null },
    fields,
    deleted: false,
    changes: changesBetween(null, fields),
  });

/** Gives a contact new fields, all of them: a PUT, or a PATCH once it has been merged. Refuses a deleted contact. */
export const replaceContact = (
  contact: Contact,
  fields: ContactFields,
  editor: Editor,
): Edited | Unedited | RefusedEdit => {
  if (isDeleted(contact)) return { kind: 'refused', code: 'CONTACT_DELETED' };
  const changes = changesBetween(contact, fields);
  if (changes.length === 0) return { kind: 'unedited', contact };
  return step({ ...editor, before: contact, birth: contact, fields, deleted: false, changes });
};

/** Deletes softly: all fields stay. A deleted contact stays as it is. */
export const deleteContact = (contact: Contact, editor: Editor): Edited | Unedited =>
  setDeleted(contact, true, editor);

/** The contact once more at a next version, as it is: for who acts on being told of it. */
export const retellContact = (contact: Contact, editor: Editor): Edited =>
  step({
    ...editor,
    before: contact,
    birth: contact,
    fields: fieldsOfContact(contact),
    deleted: isDeleted(contact),
    changes: [],
  });

/** Takes a delete back, whoever made it. A live contact stays as it is. */
export const restoreContact = (contact: Contact, editor: Editor): Edited | Unedited =>
  setDeleted(contact, false, editor);
