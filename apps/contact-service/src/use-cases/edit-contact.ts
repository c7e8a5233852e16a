import {
  AppError,
  type Contact,
  type Edited,
  type Editor,
  isStub,
  type RefusedEdit,
  type Unedited,
} from '@contact-sync/domain';
import type { IdempotencyClaim, StoredAnswer } from '../domain/idempotency.ts';
import { etagOf } from '../domain/preconditions.ts';
import type { ContactStore, Snapshot } from '../ports.ts';

export type EditPorts = {
  readonly store: ContactStore;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

export type EditRequest = {
  readonly id: string;
  /** As history will name who edits. */
  readonly by: string;
  readonly claim?: IdempotencyClaim;
};

type Outcome = Edited | Unedited | RefusedEdit;

export type EditRules = {
  /** What is asked for, on the state as it is. May throw an AppError, which is then the answer. */
  readonly edit: (snapshot: Snapshot, editor: Editor) => Outcome;
  readonly answer: (contact: Contact) => StoredAnswer;
};

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

/** The contact whole. */
export const existing = ({ contact }: Snapshot): Contact => {
  if (contact === null || isStub(contact)) {
    throw new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });
  }
  return contact;
};

const assertAllowed = (outcome: Outcome): Edited | Unedited => {
  if (outcome.kind !== 'refused') return outcome;
  throw new AppError(outcome.code, { message: 'The contact is deleted; restore it first.' });
};

const answerOfRepeat = async (
  store: ContactStore,
  id: string,
  claim: IdempotencyClaim,
): Promise<StoredAnswer | null> => {
  const stored = await store.answer(id, claim.scope);
  if (stored === null || stored.fingerprint === claim.fingerprint) return stored?.answer ?? null;
  throw new AppError('IDEMPOTENCY_KEY_REUSED', {
    message: 'This Idempotency-Key was used for a request with another body.',
  });
};

/** One try; null where the contact moved in between. */
const tryEdit = async (
  ports: EditPorts,
  { id, by, claim }: EditRequest,
  rules: EditRules,
): Promise<StoredAnswer | null> => {
  const [before] = await ports.store.load([id]);
  if (!before) return null;
  const outcome = assertAllowed(rules.edit(before, { by, now: ports.now() }));
  const answer = rules.answer(outcome.contact);
  if (outcome.kind === 'unedited' && claim === undefined) return answer;
  const change =
    outcome.kind === 'edited'
      ? { contact: outcome.contact, history: [outcome.history], outgoing: [outcome] }
      : { contact: null, history: [], outgoing: [] };
  const write = { id, before, mirror: null, ...change, ...(claim && { answer: { ...claim, answer } }) };
  const [result] = await ports.store.commit([write]);
  return result === 'written' ? answer : null;
};

/**
 * An edit of one contact by our API, decided on the state that it is written to. With a claim a repeat is answered as
 * the first time, before existence, state and preconditions are looked at (design rule 7).
 *
 * @throws {AppError} what the rules throw; CONTACT_DELETED; IDEMPOTENCY_KEY_REUSED; retryable ones where the store is away.
 */
export const editContact = async (
  ports: EditPorts,
  request: EditRequest,
  rules: EditRules,
): Promise<StoredAnswer> => {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const repeated = request.claim && (await answerOfRepeat(ports.store, request.id, request.claim));
    const answer = repeated ?? (await tryEdit(ports, request, rules));
    if (answer) return answer;
  }
  throw new AppError('CONFLICT', { message: 'Too many writes to this contact at once.', retryable: true });
};

/** An answer with the contact as its body. */
export const answerWithContact =
  (status: number, more: Pick<StoredAnswer, 'location'> = {}) =>
  (contact: Contact): StoredAnswer => ({
    status,
    version: contact.version,
    body: JSON.stringify(contact),
    ...more,
  });

/** The header that tells the version of an answer. */
export const etagOfAnswer = ({ version }: StoredAnswer): string | undefined =>
  version === undefined ? undefined : etagOf(version);
