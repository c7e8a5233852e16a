import type { FieldConflict } from '@contact-sync/domain';
import type { ConflictInbox, ContactWrite } from '../src/ports.ts';

/** The conflict inbox of a store in memory. */
export const createInMemoryConflicts = (limit: number) => {
  let entries: FieldConflict[] = [];
  const inbox: ConflictInbox = {
    list: async ({ limit: most, after = '' }) => {
      const rest = entries.filter(({ id }) => id > after);
      const items = rest.slice(0, most);
      const last = items.at(-1);
      return rest.length > most && last ? { items, next: last.id } : { items };
    },
    find: async (id) => entries.find((entry) => entry.id === id) ?? null,
  };
  return {
    inbox,
    move: ({ conflicts = [], resolved = [] }: ContactWrite): void => {
      const gone = new Set([...resolved, ...conflicts].map(({ id }) => id));
      entries = [...entries.filter(({ id }) => !gone.has(id)), ...conflicts]
        .toSorted((one, other) => (one.id < other.id ? -1 : 1))
        .slice(-limit);
    },
    forget: (contactId: string): void => {
      entries = entries.filter((entry) => entry.contactId !== contactId);
    },
  };
};
