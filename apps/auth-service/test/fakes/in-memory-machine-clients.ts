import type { MachineClient } from '../../src/domain/machine-client.ts';
import type { MachineClients } from '../../src/ports.ts';

export const createInMemoryMachineClients = (): MachineClients => {
  const clients = new Map<string, MachineClient>();
  return {
    find: async (id) => clients.get(id),
    upsert: async (declared) => {
      for (const client of declared) {
        clients.set(client.id, { ...client, epoch: clients.get(client.id)?.epoch ?? 0 });
      }
    },
  };
};
