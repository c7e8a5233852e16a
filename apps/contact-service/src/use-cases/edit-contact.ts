import { AppError } from '@contact-sync/domain';
import type { IdempotencyClaim, StoredAnswer } from '../domain/idempotency.ts';
import type { ContactStore } from '../ports.ts';
import { createGroups } from './groups.ts';
import { type EditRequest, type EditRules, type PendingEdit, planEdits } from './plan-edits.ts';

export type EditorPorts = {
  readonly store: ContactStore;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

/**
 * An edit of one contact by our API, decided on the state that it is written to. With a claim a repeat is answered as
 * the first time, before existence, state and preconditions are looked at (design rule 7).
 *
 * @throws {AppError} what the rules throw; CONTACT_DELETED; IDEMPOTENCY_KEY_REUSED; retryable ones where the store is away.
 */
export type EditContact = (request: EditRequest, rules: EditRules) => Promise<StoredAnswer>;

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

/** Edits of one contact that are written as one at most. */
const MAX_TOGETHER = 50;

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

/** One try; false where the contact moved in between. */
const tryEdits = async (
  { store, now }: EditorPorts,
  id: string,
  pending: readonly PendingEdit[],
): Promise<boolean> => {
  const before = await store.loadForEdit(id);
  const { write, settle } = planEdits(id, before, pending, now());
  if (write) {
    const [result] = await store.commit([write]);
    if (result !== 'written') return false;
  }
  for (const tell of settle) tell();
  return true;
};

/** One with a claim is alone. */
const tellRepeat = async (
  store: ContactStore,
  id: string,
  pending: readonly PendingEdit[],
): Promise<boolean> => {
  const [first] = pending;
  const claim = first?.item.request.claim;
  const repeated = claim && (await answerOfRepeat(store, id, claim));
  if (repeated) first.resolve(repeated);
  return Boolean(repeated);
};

/** Edits of one contact that come together are decided one after the other and written as one. */
export const createEditContact = (ports: EditorPorts): EditContact => {
  const edit = createGroups<PendingEdit['item'], StoredAnswer>({
    largest: MAX_TOGETHER,
    isAlone: ({ request }) => request.claim !== undefined,
    run: async (id, pending) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        if (await tellRepeat(ports.store, id, pending)) return;
        if (await tryEdits(ports, id, pending)) return;
      }
      throw new AppError('CONFLICT', {
        message: 'Too many writes to this contact at once.',
        retryable: true,
      });
    },
  });
  return (request, rules) => edit(request.id, { request, rules });
};
