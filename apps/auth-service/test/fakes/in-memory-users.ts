import type { User } from '../../src/domain/user.ts';
import type { Users } from '../../src/ports.ts';

/** Users of one test, with a way to put them there and to change them. */
export const createInMemoryUsers = (): Users & { put(user: User): void } => {
  const users = new Map<string, User>();
  return {
    put: (user) => void users.set(user.id, user),
    findById: async (id) => users.get(id),
    findByEmail: async (email) => [...users.values()].find((user) => user.email === email),
    isEmpty: async () => users.size === 0,
    createFirst: async (user) => {
      if (users.size > 0) return false;
      users.set(user.id, user);
      return true;
    },
  };
};
