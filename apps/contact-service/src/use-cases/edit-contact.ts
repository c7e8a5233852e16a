import { AppError } from '@contact-sync/domain';
import type { StoredAnswer } from '../domain/idempotency.ts';
import type { ContactStore } from '../ports.ts';
import { followLink } from './follow-link.ts';
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

const scopesOf = (pending: readonly PendingEdit[]): string[] => [
  ...new Set(pending.flatMap(({ item }) => item.request.claim?.scope ?? [])),
];

/** One try; false where the contact moved in between. */
const tryEdits = async (
  { store, now }: EditorPorts,
  id: string,
  pending: readonly PendingEdit[],
): Promise<boolean> => {
  const before = await store.loadForEdit(id);
  // After the state: a first try that somebody else writes in between is found here, or moves the contact.
  const answers = await store.answers(id, scopesOf(pending));
  const { write, settle } = planEdits({ id, before, answers, now: now() }, pending);
  if (write) {
    const [result] = await store.commit([write]);
    if (result !== 'written') return false;
  }
  for (const tell of settle) tell();
  return true;
};

const tooMany = (): AppError =>
  new AppError('CONFLICT', { message: 'Too many writes to this contact at once.', retryable: true });

/** Edits of one contact that come together are decided one after the other and written as one. */
export const createEditContact = (ports: EditorPorts): EditContact => {
  const edit = createGroups<PendingEdit['item'], StoredAnswer>({
    largest: MAX_TOGETHER,
    run: async (id, pending) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        if (await tryEdits(ports, id, pending)) return;
      }
      for (const { reject } of pending) reject(tooMany());
    },
  });
  return (request, rules) =>
    followLink(ports.store, request.id, (id) => edit(id, { request: { ...request, id }, rules }));
};
