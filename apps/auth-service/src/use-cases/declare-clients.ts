import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@contact-sync/domain';
import { auditEntry } from '../domain/audit-entry.ts';
import { asDeclared } from '../domain/change-client.ts';
import type { MachineClient } from '../domain/machine-client.ts';
import type { MachineClients } from '../ports.ts';

/** Several copies that boot at once meet here; each try fails only because another copy has succeeded. */
const TRIES = 10;

const declareOne = async (
  clients: MachineClients,
  declared: Omit<MachineClient, 'epoch'>,
): Promise<boolean> => {
  const note = (action: 'client.created' | 'client.changed') =>
    auditEntry(action, 'service:auth-service', `client:${declared.id}`, undefined, {
      audiences: declared.audiences,
      scopes: declared.scopes,
    });
  const before = await clients.find(declared.id);
  if (!before) return clients.create(declared, note('client.created'));
  const after = asDeclared(before, declared);
  return isDeepStrictEqual(after, before) || clients.write({ before, after, note: note('client.changed') });
};

/**
 * Makes the clients, or makes them as they are declared now. Those that are declared no longer stay.
 *
 * @throws {AppError} CONFLICT where others change one all the time, or what the port throws.
 */
export const declareClients = async (
  clients: MachineClients,
  declared: readonly Omit<MachineClient, 'epoch'>[],
): Promise<void> => {
  for (const client of declared) {
    let isDone = false;
    for (let time = 0; !isDone && time < TRIES; time += 1) isDone = await declareOne(clients, client);
    if (!isDone) throw new AppError('CONFLICT', { message: 'A machine client is changed all the time.' });
  }
};
