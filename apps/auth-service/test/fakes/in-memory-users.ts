import { isAdmin } from '../../src/domain/change-user.ts';
import type { User } from '../../src/domain/user.ts';
import type { UserChange, UserOutcome, Users } from '../../src/ports.ts';
import { createInMemoryJournal, type InMemoryJournal } from './in-memory-journal.ts';

const HOUR_SECONDS = 3_600;

/** Users of one test, with a way to put them there and to change them. */
export const createInMemoryUsers = (
  journal: InMemoryJournal = createInMemoryJournal(),
): Users & { put(user: User): void; get(id: string): User | undefined } => {
  const users = new Map<string, User>();
  const all = () => [...users.values()];
  const write = async ({ before, after, note }: UserChange): Promise<UserOutcome> => {
    const { id } = before;
    const stored = users.get(id);
    const isSame = stored?.epoch === before.epoch && stored.passwordHash === before.passwordHash;
    if (!isSame || stored.email !== before.email || `${stored.roles}` !== `${before.roles}`) return 'moved';
    const isLast = !all().some((user) => user.id !== id && isAdmin(user));
    if (isAdmin(before) && !(after && isAdmin(after)) && isLast) return 'last admin';
    if (all().some((user) => user.id !== id && user.email === after?.email)) return 'taken';
    const epoch = after?.epoch ?? before.epoch + 1;
    const until = Math.ceil(Date.now() / 1_000) + HOUR_SECONDS;
    if (epoch > before.epoch) journal.revoke({ kind: 'subject', sub: id, epoch, until });
    if (after) users.set(id, after);
    else users.delete(id);
    journal.note(note);
    return 'done';
  };
  return {
    put: (user) => void users.set(user.id, user),
    get: (id) => users.get(id),
    findById: async (id) => users.get(id),
    findByEmail: async (email) => all().find((user) => user.email === email),
    isEmpty: async () => users.size === 0,
    createFirst: async (user) => {
      if (users.size > 0) return false;
      users.set(user.id, user);
      return true;
    },
    create: async (user, note) => {
      if (all().some(({ email }) => email === user.email)) return false;
      users.set(user.id, user);
      journal.note(note);
      return true;
    },
    write,
    list: async ({ limit, after = '' }) => {
      const rest = all()
        .filter(({ id }) => id > after)
        .sort((one, other) => (one.id < other.id ? -1 : 1));
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last && { next: last.id }) };
    },
  };
};
