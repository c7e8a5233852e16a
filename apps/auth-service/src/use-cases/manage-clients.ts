import { randomBytes } from 'node:crypto';
import { AppError } from '@contact-sync/domain';
import { type AuditAction, auditEntry } from '../domain/audit-entry.ts';
import { type ClientWish, changeClient, withNewSecret } from '../domain/change-client.ts';
import { hashSecret, type MachineClient } from '../domain/machine-client.ts';
import type { ClientChange, MachineClients } from '../ports.ts';
import type { Admin } from './manage-users.ts';

const SECRET_BYTES = 32;

/** A client with its secret, which is shown this once. */
export type ClientWithSecret = { readonly client: Omit<MachineClient, 'epoch'>; readonly secret: string };

export type NewClient = Pick<MachineClient, 'id' | 'audiences' | 'scopes'>;

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

const noteOf = (action: AuditAction, { by, origin }: Admin, id: string, detail?: object) =>
  auditEntry(action, by, `client:${id}`, origin, { ...detail });

/** Machine clients, for admins. */
export const createManageClients = (clients: MachineClients) => {
  const get = async (id: string): Promise<MachineClient> => {
    const client = await clients.find(id);
    if (!client) throw new AppError('NOT_FOUND', { message: 'There is no such machine client.' });
    return client;
  };
  const write = async (change: ClientChange): Promise<void> => {
    if (await clients.write(change)) return;
    throw new AppError('CONFLICT', { message: 'The client was changed at the same time; nothing was done.' });
  };
  return {
    get,
    list: clients.list,
    create: async (admin: Admin, { id, audiences, scopes }: NewClient): Promise<ClientWithSecret> => {
      const secret = newSecret();
      const client = { id, audiences, scopes, secretHash: hashSecret(secret) };
      const note = noteOf('client.created', admin, id, { audiences, scopes });
      if (await clients.create(client, note)) return { client, secret };
      throw new AppError('CLIENT_EXISTS', { message: 'There is a machine client of this id.' });
    },
    change: async (admin: Admin, id: string, wish: ClientWish): Promise<MachineClient> => {
      const before = await get(id);
      const after = changeClient(before, wish);
      await write({ before, after, note: noteOf('client.changed', admin, id, wish) });
      return after;
    },
    rotateSecret: async (admin: Admin, id: string, overlapSeconds: number): Promise<ClientWithSecret> => {
      const secret = newSecret();
      const before = await get(id);
      const oldUntil = overlapSeconds === 0 ? undefined : Math.floor(Date.now() / 1_000) + overlapSeconds;
      const client = withNewSecret(before, hashSecret(secret), oldUntil);
      const note = noteOf('client.rotated', admin, id, { overlapSeconds });
      await write({ before, after: client, note });
      return { client, secret };
    },
    delete: async (admin: Admin, id: string): Promise<void> => {
      const before = await get(id);
      await write({ before, after: undefined, note: noteOf('client.deleted', admin, id) });
    },
  };
};

export type ManageClients = ReturnType<typeof createManageClients>;
