import {
  AppError,
  type BlockedStub,
  eraseContact as erase,
  isBlocked,
  isLifted,
  liftBlock,
} from '@contact-sync/domain';
import type { ContactStore } from '../ports.ts';
import { ownIdOf } from './follow-link.ts';
import { writeOne } from './write-onto.ts';

export type ErasurePorts = {
  readonly store: Pick<ContactStore, 'load' | 'commit'>;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

/**
 * Erases a contact for good, also one that was never seen, and blocks what comes of it later (design section 4). Repeats
 * itself safely: one that is erased stays as it was erased.
 *
 * @throws {AppError} retryable, CONFLICT among them.
 */
export const eraseContact = async (
  ports: ErasurePorts,
  { id: named, by }: { readonly id: string; readonly by: string },
): Promise<BlockedStub> => {
  const id = await ownIdOf(ports.store, named);
  return writeOne(ports.store, id, (before) => {
    if (isBlocked(before.contact)) return { write: null, result: before.contact };
    const { stub, change } = erase(before, { id, by, now: ports.now() });
    const write = { id, before, mirror: null, contact: stub, history: [], outgoing: [change] };
    return { write, result: stub };
  });
};

/**
 * Lifts the block of an erased contact: what comes of it from then on is taken. What was erased stays gone.
 *
 * @throws {AppError} CONTACT_NOT_FOUND where none of this id was erased; retryable ones.
 */
export const liftErasure = async (ports: ErasurePorts, named: string): Promise<void> => {
  const id = await ownIdOf(ports.store, named);
  await writeOne(ports.store, id, (before) => {
    const { contact } = before;
    if (isLifted(contact)) return { write: null, result: contact };
    if (!isBlocked(contact)) {
      throw new AppError('CONTACT_NOT_FOUND', { message: 'No contact of this id stands erased.' });
    }
    const stub = liftBlock(contact);
    return { write: { id, before, mirror: null, contact: stub, history: [], outgoing: [] }, result: stub };
  });
};
