import { describe, expect, it } from 'vitest';
import type { MachineClients } from '../../src/ports.ts';

const worker = {
  id: 'event-worker',
  secretHash: 'a'.repeat(64),
  audiences: ['contact-service', 'integration-api'],
  scopes: ['contacts:apply', 'contacts:read'],
} as const;

/** What every implementation of {@link MachineClients} guarantees; `create` gives an empty one. */
export const machineClientsContract = (create: () => MachineClients) =>
  describe('machine clients', () => {
    it('are found as they were declared', async () => {
      const clients = create();
      await clients.upsert([worker, { ...worker, id: 'other', scopes: [] }]);
      expect(await clients.find('event-worker')).toEqual({ ...worker, epoch: 0 });
      expect(await clients.find('other')).toEqual({ ...worker, id: 'other', scopes: [], epoch: 0 });
    });

    it('are as declared last, and stay when nothing is declared', async () => {
      const clients = create();
      await clients.upsert([worker]);
      await clients.upsert([{ ...worker, secretHash: 'b'.repeat(64), scopes: ['ingest:read'] }]);
      await clients.upsert([]);
      expect(await clients.find('event-worker')).toEqual({
        ...worker,
        secretHash: 'b'.repeat(64),
        scopes: ['ingest:read'],
        epoch: 0,
      });
    });

    it.each(['nobody', '', '*', '__proto__', 'event-worker:x'])('are not found by %j', async (id) => {
      const clients = create();
      await clients.upsert([worker]);
      expect(await clients.find(id)).toBeUndefined();
    });
  });
