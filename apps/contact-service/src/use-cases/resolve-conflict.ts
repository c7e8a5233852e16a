import {
  AppError,
  type Contact,
  deleteContact,
  type Edited,
  type Editor,
  type FieldConflict,
  fieldsOfContact,
  isDeleted,
  isStub,
  noWriteBack,
  type RefusedEdit,
  replaceContact,
  retellContact,
  type Unedited,
  type WriteBack,
  withSlots,
} from '@contact-sync/domain';
import { assertIfMatch } from '../domain/preconditions.ts';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';
import { type Step, writeOne } from './write-onto.ts';

export type ResolutionPorts = {
  readonly store: ContactStore;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

export type Resolution = {
  /** Of the entry of the inbox. */
  readonly id: string;
  readonly take: 'ours' | 'theirs';
  /** Who decides, as history names them. */
  readonly by: string;
  readonly ifMatch: string | undefined;
};

type Outcome = Edited | Unedited | RefusedEdit;

/** Causes for which nothing of the contact is written until somebody decides. */
const isStopped = ({ cause }: FieldConflict): boolean => cause !== 'both-changed' && cause !== 'not-taken';

const editFor = (
  contact: Contact,
  entry: FieldConflict,
  take: Resolution['take'],
  editor: Editor,
): Outcome => {
  if (isDeleted(contact)) return { kind: 'unedited', contact };
  if (entry.cause === 'not-found' && take === 'theirs') return deleteContact(contact, editor);
  const values = Object.fromEntries(entry.fields.map((both) => [both.field, both[take]]));
  const edited = replaceContact(contact, withSlots(fieldsOfContact(contact), values), editor);
  // Who writes to AcmeCRM looks at a contact again only when it is told of it.
  return edited.kind === 'unedited' && isStopped(entry) ? retellContact(contact, editor) : edited;
};

/** Nothing stops the contact's writes any more, and those of before do not count. */
const freed = (writeBack: WriteBack | null | undefined): WriteBack => ({
  ...(writeBack ?? noWriteBack),
  hold: null,
  frozenSince: null,
  recent: [],
});

const writeOf = (entry: FieldConflict, before: Snapshot, outcome: Outcome | null): ContactWrite => {
  const write = { id: entry.contactId, before, mirror: null, resolved: [entry] };
  const stopped = isStopped(entry) ? { writeBack: freed(before.writeBack) } : undefined;
  if (outcome?.kind !== 'edited') return { ...write, ...stopped, contact: null, history: [], outgoing: [] };
  const { contact, history } = outcome;
  return { ...write, ...stopped, contact, history: [history], outgoing: [outcome] };
};

/**
 * Decides an entry of the conflict inbox: an ordinary edit of the contact as it is now, with which the entry goes. Of a contact
 * that is deleted or gone only the entry goes.
 *
 * @throws {AppError} CONFLICT_NOT_FOUND, CONTACT_NOT_FOUND, PRECONDITION_FAILED; retryable ones.
 */
export const resolveConflict = async (
  { store, now }: ResolutionPorts,
  { id, take, by, ifMatch }: Resolution,
): Promise<Contact> => {
  const entry = await store.conflicts.find(id);
  if (entry === null) {
    throw new AppError('CONFLICT_NOT_FOUND', { message: 'There is no such conflict, or no longer.' });
  }
  const decide = (before: Snapshot): Step<Contact | null> => {
    const { contact } = before;
    if (contact === null || isStub(contact)) return { write: writeOf(entry, before, null), result: null };
    if (ifMatch !== undefined) assertIfMatch(ifMatch, contact.version);
    const outcome = editFor(contact, entry, take, { by, now: now() });
    const result = outcome.kind === 'refused' ? contact : outcome.contact;
    return { write: writeOf(entry, before, outcome), result };
  };
  const contact = await writeOne(store, entry.contactId, decide);
  if (contact === null) throw new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });
  return contact;
};
