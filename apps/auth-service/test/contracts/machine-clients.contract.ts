import { describe, expect, it } from 'vitest';
import { auditEntry } from '../../src/domain/audit-entry.ts';
import { changeClient, withNewSecret } from '../../src/domain/change-client.ts';
import type { MachineClients } from '../../src/ports.ts';
import { declareClients } from '../../src/use-cases/declare-clients.ts';

const worker = {
  id: 'event-worker',
  secretHash: 'a'.repeat(64),
  audiences: ['contact-service', 'integration-api'],
  scopes: ['contacts:apply', 'contacts:read'],
} as const;

const note = auditEntry('client.changed', 'nobody', 'client:event-worker', undefined);

/** What every implementation of {@link MachineClients} guarantees; `create` gives an empty one. */
export const machineClientsContract = (create: () => MachineClients) =>
  describe('machine clients', () => {
    it('are found as they were declared', async () => {
      const clients = create();
      await declareClients(clients, [worker, { ...worker, id: 'other', scopes: [] }]);
      expect(await clients.find('event-worker')).toEqual({ ...worker, epoch: 0 });
      expect(await clients.find('other')).toEqual({ ...worker, id: 'other', scopes: [], epoch: 0 });
    });

    it('are as declared last, and stay when nothing is declared', async () => {
      const clients = create();
      await declareClients(clients, [{ ...worker, scopes: [] }]);
      await declareClients(clients, [{ ...worker, secretHash: 'b'.repeat(64), scopes: ['ingest:read'] }]);
      await declareClients(clients, []);
      expect(await clients.find('event-worker')).toEqual({
        ...worker,
        secretHash: 'b'.repeat(64),
        scopes: ['ingest:read'],
        epoch: 0,
      });
    });

    it.each(['nobody', '', '*', '__proto__', 'event-worker:x'])('are not found by %j', async (id) => {
      const clients = create();
      await declareClients(clients, [worker]);
      expect(await clients.find(id)).toBeUndefined();
    });

    it('lose the tokens that were given out where they are declared with less', async () => {
      const clients = create();
      await declareClients(clients, [worker]);
      await declareClients(clients, [{ ...worker, scopes: ['contacts:read'] }]);
      expect(await clients.find('event-worker')).toMatchObject({ scopes: ['contacts:read'], epoch: 1 });
    });

    it('are declared by several copies at the same time', async () => {
      const clients = create();
      await Promise.all(Array.from({ length: 5 }, () => declareClients(clients, [worker])));
      const less = { ...worker, scopes: ['contacts:read'] as const };
      await Promise.all(Array.from({ length: 5 }, () => declareClients(clients, [less])));
      expect(await clients.find('event-worker')).toEqual({ ...less, epoch: 1 });
    });

    it('are made once, and written only as they were read', async () => {
      const clients = create();
      expect(await clients.create(worker, note)).toBe(true);
      expect(await clients.create({ ...worker, scopes: [] }, note)).toBe(false);
      const before = { ...worker, epoch: 0 };
      const rotated = withNewSecret(before, 'c'.repeat(64), 1_800_000_000);
      expect(await clients.write({ before, after: rotated, note })).toBe(true);
      expect(await clients.find('event-worker')).toEqual(rotated);
      const stale = changeClient(before, { scopes: [] });
      expect(await clients.write({ before, after: stale, note })).toBe(false);
      expect(await clients.find('event-worker')).toEqual(rotated);
    });

    it('go on with their epoch when one of the same id is made after they were deleted', async () => {
      const clients = create();
      await clients.create(worker, note);
      expect(await clients.write({ before: { ...worker, epoch: 0 }, after: undefined, note })).toBe(true);
      expect(await clients.find('event-worker')).toBeUndefined();
      expect(await clients.list({ limit: 9 })).toEqual({ items: [] });
      expect(await clients.create(worker, note)).toBe(true);
      expect(await clients.find('event-worker')).toEqual({ ...worker, epoch: 1 });
    });

    it('are listed page by page', async () => {
      const clients = create();
      for (const id of ['c', 'a', 'b']) await clients.create({ ...worker, id }, note);
      const first = await clients.list({ limit: 2 });
      expect([first.items.map(({ id }) => id), first.next]).toEqual([['a', 'b'], 'b']);
      const second = await clients.list({ limit: 2, after: 'b' });
      expect([second.items.map(({ id }) => id), second.next]).toEqual([['c'], undefined]);
    });
  });
