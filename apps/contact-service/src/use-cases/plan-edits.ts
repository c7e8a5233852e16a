import {
  AppError,
  type Contact,
  type ContactChange,
  type Edited,
  type Editor,
  type HistoryDraft,
  isStub,
  type RefusedEdit,
  type Unedited,
} from '@contact-sync/domain';
import {
  answerOfRepeat,
  type IdempotencyClaim,
  type KeptAnswer,
  madeWhole,
  type StoredAnswer,
  toKeep,
} from '../domain/idempotency.ts';
import type { ContactWrite, EditSnapshot } from '../ports.ts';
import type { Member } from './groups.ts';

export type EditRequest = {
  readonly id: string;
  /** As history will name who edits. */
  readonly by: string;
  readonly claim?: IdempotencyClaim;
};

type Outcome = Edited | Unedited | RefusedEdit;

export type EditRules = {
  /** What is asked for, on the state as it is. May throw an AppError, which is then the answer. */
  readonly edit: (snapshot: EditSnapshot, editor: Editor) => Outcome;
  readonly answer: (contact: Contact) => StoredAnswer;
};

/** The contact whole. */
export const existing = ({ contact }: EditSnapshot): Contact => {
  if (contact === null || isStub(contact)) {
    throw new AppError('CONTACT_NOT_FOUND', { message: 'There is no such contact.' });
  }
  return contact;
};

const assertAllowed = (outcome: Outcome): Edited | Unedited => {
  if (outcome.kind !== 'refused') return outcome;
  throw new AppError(outcome.code, { message: 'The contact is deleted; restore it first.' });
};

/** An edit that has been asked for, and how to tell what it came to. */
export type PendingEdit = Member<{ readonly request: EditRequest; readonly rules: EditRules }, StoredAnswer>;

export type EditPlan = {
  /** Null where nothing changes. */
  readonly write: ContactWrite | null;
  /** Tell each caller what its edit came to; to be done once the write is. */
  readonly settle: readonly (() => void)[];
};

/** What edits are decided on. */
export type EditGround = {
  readonly id: string;
  readonly before: EditSnapshot;
  /** What requests of these edits were answered before, by scope; read after the state, so that it tells of all in it. */
  readonly answers: ReadonlyMap<string, KeptAnswer>;
  readonly now: string;
};

/**
 * Decides the edits one after the other, each on what the one before it leaves. A refusal is told to its own caller
 * alone. A repeat is answered as the first time, which may have been in front of it here, before anything else is looked
 * at (design rule 7).
 */
export const planEdits = (
  { id, before, answers, now }: EditGround,
  pending: readonly PendingEdit[],
): EditPlan => {
  let { contact } = before;
  const history: HistoryDraft[] = [];
  const outgoing: ContactChange[] = [];
  const claimed = new Map<string, KeptAnswer>();
  const settle = pending.map(({ item: { request, rules }, resolve, reject }) => {
    try {
      const { by, claim } = request;
      const repeated =
        claim && answerOfRepeat(claim, claimed.get(claim.scope) ?? answers.get(claim.scope) ?? null);
      if (repeated) {
        const whole = madeWhole(repeated, contact);
        return () => resolve(whole);
      }
      const outcome = assertAllowed(rules.edit({ ...before, contact }, { by, now }));
      const answer = rules.answer(outcome.contact);
      if (claim) claimed.set(claim.scope, toKeep(claim, answer));
      if (outcome.kind === 'edited') {
        contact = outcome.contact;
        history.push(outcome.history);
        outgoing.push(outcome);
      }
      return () => resolve(answer);
    } catch (error) {
      return () => reject(error);
    }
  });
  if (history.length === 0 && claimed.size === 0) return { write: null, settle };
  const changed = history.length === 0 ? null : contact;
  const write = { id, before, mirror: null, contact: changed, history, outgoing };
  return { write: { ...write, answers: [...claimed.values()] }, settle };
};

/** An answer with the contact as its body. */
export const answerWithContact =
  (status: number) =>
  (contact: Contact): StoredAnswer => ({ status, version: contact.version, body: JSON.stringify(contact) });
