import {
  AppError,
  type BlockedStub,
  eraseContact as erase,
  isBlocked,
  isLifted,
  liftBlock,
} from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';

export type ErasurePorts = {
  readonly store: Pick<ContactStore, 'load' | 'commit'>;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

/** What is to be written onto a contact as it is, and what stands then. */
type Step = { readonly write: ContactWrite | null; readonly stub: BlockedStub };

/** Decides and writes until the contact has not moved in between. */
const writeOnto = async (
  { store }: ErasurePorts,
  id: string,
  decide: (before: Snapshot) => Step,
): Promise<BlockedStub> => {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const [before] = await store.load([id]);
    if (!before) throw new TypeError('A snapshot was lost.');
    const { write, stub } = decide(before);
    if (write === null) return stub;
    const [outcome] = await store.commit([write]);
    if (outcome === 'written') return stub;
  }
  throw new AppError('CONFLICT', { message: 'Too many writes to this contact at once.', retryable: true });
};

/**
 * Erases a contact for good, also one that was never seen, and blocks what comes of it later (design section 4). Repeats
 * itself safely: one that is erased stays as it was erased.
 *
 * @throws {AppError} retryable, CONFLICT among them.
 */
export const eraseContact = (
  ports: ErasurePorts,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<BlockedStub> =>
  writeOnto(ports, id, (before) => {
    if (isBlocked(before.contact)) return { write: null, stub: before.contact };
    const { stub, change } = erase(before, { id, by, now: ports.now() });
    const write = { id, before, mirror: null, contact: stub, history: [], outgoing: [change] };
    return { write, stub };
  });

/**
 * Lifts the block of an erased contact: what comes of it from then on is taken. What was erased stays gone.
 *
 * @throws {AppError} CONTACT_NOT_FOUND where none of this id was erased; retryable ones.
 */
export const liftErasure = async (ports: ErasurePorts, id: string): Promise<void> => {
  await writeOnto(ports, id, (before) => {
    const { contact } = before;
    if (isLifted(contact)) return { write: null, stub: contact };
    if (!isBlocked(contact)) {
      throw new AppError('CONTACT_NOT_FOUND', { message: 'No contact of this id stands erased.' });
    }
    const stub = liftBlock(contact);
    return { write: { id, before, mirror: null, contact: stub, history: [], outgoing: [] }, stub };
  });
};
