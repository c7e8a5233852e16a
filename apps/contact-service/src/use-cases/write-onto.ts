import { AppError } from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

/** What is to be written onto a contact as it was read, and what that comes to; without a write it comes to it at once. */
export type Step<Result> = { readonly write: ContactWrite | null; readonly result: Result };

/**
 * Decides for each contact on what is held of it, and writes what was decided until none has moved in between. In the order of
 * the items, of which no two are of one contact.
 *
 * @throws {AppError} retryable, CONFLICT among them.
 */
export const writeOnto = async <Item extends { readonly id: string }, Result>(
  store: Pick<ContactStore, 'load' | 'commit'>,
  items: readonly Item[],
  decide: (item: Item, before: Snapshot) => Step<Result>,
): Promise<Result[]> => {
  const results = new Map<Item, Result>();
  let open = items;
  for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
    const snapshots = await store.load(open.map(({ id }) => id));
    const writes: ContactWrite[] = [];
    const writers: Item[] = [];
    for (const [index, item] of open.entries()) {
      const before = snapshots[index];
      if (before === undefined) throw new TypeError('A snapshot was lost.');
      const { write, result } = decide(item, before);
      results.set(item, result);
      if (write === null) continue;
      writes.push(write);
      writers.push(item);
    }
    const outcomes = await store.commit(writes);
    open = writers.filter((_, index) => outcomes[index] !== 'written');
  }
  if (open.length > 0) {
    throw new AppError('CONFLICT', {
      message: 'Too many writes to these contacts at once.',
      retryable: true,
    });
  }
  // Each has been decided at least once.
  return items.map((item) => results.get(item) as Result);
};

/**
 * The same for one contact.
 *
 * @throws {AppError} retryable, CONFLICT among them, and what `decide` throws.
 */
export const writeOne = async <Result>(
  store: Pick<ContactStore, 'load' | 'commit'>,
  id: string,
  decide: (before: Snapshot) => Step<Result>,
): Promise<Result> => {
  const [result] = await writeOnto(store, [{ id }], (_, before) => decide(before));
  return result as Result;
};
