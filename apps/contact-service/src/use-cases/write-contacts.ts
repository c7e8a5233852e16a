import type { ContactInput, ContactPatch, ContactReplacement } from '@contact-sync/api-contracts';
import {
  AppError,
  createContact,
  deleteContact,
  fieldsOfContact,
  isBlocked,
  replaceContact,
  restoreContact,
  type StoredContact,
} from '@contact-sync/domain';
import { fieldsAfterPatch, fieldsOfInput } from '../domain/fields-of-input.ts';
import type { StoredAnswer } from '../domain/idempotency.ts';
import { assertIfMatch } from '../domain/preconditions.ts';
import { assertReadOnly, withoutReadOnly } from '../domain/read-only-members.ts';
import type { EditContact } from './edit-contact.ts';
import { answerWithContact, type EditRequest, existing } from './plan-edits.ts';

type Conditional = EditRequest & { readonly ifMatch: string | undefined };

const assertFree = (contact: StoredContact | null, isRepeat: boolean): void => {
  if (contact === null) return;
  if (isBlocked(contact)) {
    throw new AppError('CONTACT_ERASED', { message: 'The contact of this Idempotency-Key was erased.' });
  }
  if (!isRepeat) throw new AppError('CONTACT_EXISTS', { message: 'A contact of this id exists.' });
  throw new AppError('IDEMPOTENCY_KEY_EXPIRED', {
    message: 'The contact of this Idempotency-Key exists, but its answer is no longer kept.',
  });
};

/** @throws {AppError} INVALID_BODY, IDEMPOTENCY_KEY_EXPIRED, CONTACT_ERASED, and what {@link EditContact} throws. */
export const createOne = (
  edit: EditContact,
  request: EditRequest,
  input: ContactInput,
): Promise<StoredAnswer> => {
  const fields = fieldsOfInput(input, null);
  return edit(request, {
    edit: ({ contact }, editor) => {
      assertFree(contact, request.claim !== undefined);
      return createContact(request.id, fields, editor);
    },
    answer: answerWithContact(201),
  });
};

/** @throws {AppError} INVALID_BODY, CONTACT_NOT_FOUND, PRECONDITION_*, CONTACT_DELETED. */
export const replaceOne = (
  edit: EditContact,
  request: Conditional,
  input: ContactReplacement,
): Promise<StoredAnswer> =>
  edit(request, {
    edit: (snapshot, editor) => {
      const contact = existing(snapshot);
      assertIfMatch(request.ifMatch, contact.version);
      const fields = fieldsOfInput(withoutReadOnly(input), contact);
      const outcome = replaceContact(contact, fields, editor);
      if (outcome.kind !== 'refused') assertReadOnly(input, contact);
      return outcome;
    },
    answer: answerWithContact(200),
  });

/** @throws {AppError} INVALID_BODY, CONTACT_NOT_FOUND, PRECONDITION_*, CONTACT_DELETED. */
export const patchOne = (
  edit: EditContact,
  request: Conditional,
  patch: ContactPatch,
): Promise<StoredAnswer> =>
  edit(request, {
    edit: (snapshot, editor) => {
      const contact = existing(snapshot);
      assertIfMatch(request.ifMatch, contact.version);
      return replaceContact(contact, fieldsAfterPatch(fieldsOfContact(contact), patch), editor);
    },
    answer: answerWithContact(200),
  });

/** Softly: every field stays. A contact that is deleted stays as it is, whatever If-Match says, as long as it is there. */
export const deleteOne = (edit: EditContact, request: Conditional): Promise<StoredAnswer> =>
  edit(request, {
    edit: (snapshot, editor) => {
      const contact = existing(snapshot);
      if (contact.deletedAt === undefined || request.ifMatch === undefined) {
        assertIfMatch(request.ifMatch, contact.version);
      }
      return deleteContact(contact, editor);
    },
    answer: ({ version }) => ({ status: 204, version }),
  });

/** Takes a delete back; If-Match is honoured where it is sent. */
export const restoreOne = (edit: EditContact, request: Conditional): Promise<StoredAnswer> =>
  edit(request, {
    edit: (snapshot, editor) => {
      const contact = existing(snapshot);
      if (request.ifMatch !== undefined) assertIfMatch(request.ifMatch, contact.version);
      return restoreContact(contact, editor);
    },
    answer: answerWithContact(200),
  });
