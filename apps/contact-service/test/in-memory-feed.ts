import { isStub, type StoredContact } from '@contact-sync/domain';
import type { ContactStore, FeedEntry } from '../src/ports.ts';

const generation = 'a1';

/** The change feed of a store in memory. */
export const createInMemoryFeed = (contactOf: (id: string) => StoredContact | null) => {
  /** In the order of their newest changes. */
  const changed = new Map<string, number>();
  let sequence = 0;
  const changes: ContactStore['changes'] = async ({ after, limit }) => {
    if (after && (after.generation !== generation || after.sequence > sequence)) return null;
    const from = after?.sequence ?? 0;
    const found = [...changed].filter(([, place]) => place > from).slice(0, limit);
    const entries = found.flatMap(([id, place]): FeedEntry[] => {
      const contact = contactOf(id);
      if (contact === null) return [];
      const head = { sequence: place, id, version: contact.version };
      if (!isStub(contact)) return [{ ...head, contact }];
      return [{ ...head, ...(contact.erasure && { erased: true as const }) }];
    });
    return { generation, sequence: found.at(-1)?.[1] ?? from, entries, isEnd: found.length < limit };
  };
  return {
    changes,
    number: (id: string): void => {
      sequence += 1;
      changed.delete(id);
      changed.set(id, sequence);
    },
  };
};
