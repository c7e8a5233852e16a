import { isDeepStrictEqual } from 'node:util';
import type { MachineClient } from '../../src/domain/machine-client.ts';
import type { MachineClients } from '../../src/ports.ts';
import { createInMemoryJournal, type InMemoryJournal } from './in-memory-journal.ts';

const HOUR_SECONDS = 3_600;

export const createInMemoryMachineClients = (
  journal: InMemoryJournal = createInMemoryJournal(),
): MachineClients => {
  const clients = new Map<string, MachineClient>();
  const epochs = new Map<string, number>();
  return {
    find: async (id) => clients.get(id),
    create: async (client, note) => {
      if (clients.has(client.id)) return false;
      clients.set(client.id, { ...client, epoch: epochs.get(client.id) ?? 0 });
      journal.note(note);
      return true;
    },
    write: async ({ before, after, note }) => {
      const { id } = before;
      if (!isDeepStrictEqual(clients.get(id), before)) return false;
      const epoch = after?.epoch ?? before.epoch + 1;
      const until = Math.ceil(Date.now() / 1_000) + HOUR_SECONDS;
      if (epoch > before.epoch) journal.revoke({ kind: 'subject', sub: id, epoch, until });
      epochs.set(id, epoch);
      if (after) clients.set(id, after);
      else clients.delete(id);
      journal.note(note);
      return true;
    },
    list: async ({ limit, after = '' }) => {
      const rest = [...clients.values()]
        .filter(({ id }) => id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return { items, ...(rest.length > limit && last && { next: last.id }) };
    },
  };
};
