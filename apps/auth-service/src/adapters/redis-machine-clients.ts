import { isScope } from '@contact-sync/api-contracts';
import type { Keys, RedisConnection } from '@contact-sync/redis';
import type { MachineClient } from '../domain/machine-client.ts';
import type { ClientChange, MachineClients } from '../ports.ts';
import { authKeys } from './auth-keys.ts';
import { journaledScript } from './journaled-script.ts';
import { pageOfIds } from './page-of-ids.ts';
import type { AccountStoreSettings } from './redis-users.ts';

const createClient = journaledScript({ name: 'create-client', keys: 3, reply: (reply) => reply === 1 });

const writeClient = journaledScript({ name: 'write-client', keys: 4, reply: (reply) => reply === 1 });

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter((word) => word !== '');

const toFields = ({ secretHash, audiences, scopes, oldSecret }: Omit<MachineClient, 'epoch'>): string[] => [
  ...['secretHash', secretHash],
  ...['audiences', audiences.join(' ')],
  ...['scopes', scopes.join(' ')],
  ...['oldSecretHash', oldSecret?.hash ?? ''],
  ...['oldSecretUntil', oldSecret ? String(oldSecret.until) : ''],
];

const toClient = (id: string, fields: Readonly<Record<string, string>>): MachineClient | undefined => {
  const { secretHash, audiences, scopes, oldSecretHash, oldSecretUntil, epoch } = fields;
  if (secretHash === undefined) return undefined;
  return {
    id,
    secretHash,
    ...(oldSecretHash && { oldSecret: { hash: oldSecretHash, until: Number(oldSecretUntil) } }),
    audiences: words(audiences),
    scopes: words(scopes).filter(isScope),
    epoch: Number(epoch ?? 0),
  };
};

/** The epoch that tokens of the client need from now on, where it is another. */
const newEpoch = ({ before, after }: ClientChange): number | '' => {
  if (after === undefined) return before.epoch + 1;
  return after.epoch > before.epoch ? after.epoch : '';
};

/** Machine clients as hashes, with a set of all ids. */
export const createRedisMachineClients = (
  redis: RedisConnection,
  namespace: Keys,
  { longestTokenSeconds, auditEntries }: AccountStoreSettings,
): MachineClients => {
  const keys = authKeys(namespace);
  const find = async (id: string) =>
    toClient(id, await redis.use((client) => client.hgetall(keys.client(id))));
  return {
    find,
    create: (client, note) =>
      redis.run(createClient, {
        keys: [keys.clients, keys.client(client.id), keys.audit],
        args: [client.id, auditEntries, JSON.stringify(note), ...toFields(client)],
      }),
    write: (change) => {
      const { before, after, note } = change;
      const compared = [...toFields(before), 'epoch', String(before.epoch)];
      return redis.run(writeClient, {
        keys: [keys.clients, keys.client(before.id), keys.revocations, keys.audit],
        args: [
          ...[before.id, newEpoch(change), longestTokenSeconds, auditEntries, JSON.stringify(note)],
          ...[compared.length / 2, ...compared],
          ...(after ? [...toFields(after), 'epoch', String(after.epoch)] : []),
        ],
      });
    },
    list: async ({ limit, after }) => {
      const ids = await redis.use((client) => client.smembers(keys.clients));
      const page = pageOfIds(ids, limit, after);
      const clients = await Promise.all(page.ids.map(find));
      return {
        items: clients.filter((client) => client !== undefined),
        ...(page.next !== undefined && { next: page.next }),
      };
    },
  };
};
