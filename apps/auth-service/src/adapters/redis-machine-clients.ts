import { isScope } from '@contact-sync/api-contracts';
import type { Keys, RedisConnection } from '@contact-sync/redis';
import type { MachineClients } from '../ports.ts';

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter((word) => word !== '');

/** Machine clients as hashes. */
export const createRedisMachineClients = (redis: RedisConnection, keys: Keys): MachineClients => ({
  find: async (id) => {
    const fields = await redis.use((client) => client.hgetall(keys.key('client', id)));
    const secretHash = fields['secretHash'];
    if (secretHash === undefined) return undefined;
    return {
      id,
      secretHash,
      audiences: words(fields['audiences']),
      scopes: words(fields['scopes']).filter(isScope),
      epoch: Number(fields['epoch'] ?? 0),
    };
  },
  upsert: async (clients) => {
    if (clients.length === 0) return;
    await redis.pipeline((pipeline) => {
      for (const { id, secretHash, audiences, scopes } of clients) {
        const fields = { secretHash, audiences: audiences.join(' '), scopes: scopes.join(' ') };
        pipeline.hset(keys.key('client', id), fields);
      }
    });
  },
});
