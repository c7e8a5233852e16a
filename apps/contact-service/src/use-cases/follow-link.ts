import { AppError } from '@contact-sync/domain';
import type { ContactStore } from '../ports.ts';

/** The contact that the record of AcmeCRM of this id is linked with (ADR 53); undefined where the id is no such record's. */
const linkedWith = async (store: Pick<ContactStore, 'load'>, id: string): Promise<string | undefined> => {
  const [held] = await store.load([id]);
  return held?.linkedTo;
};

/** Where what is held under an id stands: under the contact's that its record is linked with, else under its own. */
export const ownIdOf = async (store: Pick<ContactStore, 'load'>, id: string): Promise<string> =>
  (await linkedWith(store, id)) ?? id;

/**
 * Does something with the contact of an id: of its own or, where there is none, of the record that it is linked with (ADR 68). Links
 * never change, so a repeat comes to the same contact.
 *
 * @throws {AppError} what `work` throws.
 */
export const followLink = async <Result>(
  store: Pick<ContactStore, 'load'>,
  id: string,
  work: (id: string) => Promise<Result>,
): Promise<Result> => {
  try {
    return await work(id);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'CONTACT_NOT_FOUND')) throw error;
    const linked = await linkedWith(store, id);
    if (linked === undefined) throw error;
    return work(linked);
  }
};
