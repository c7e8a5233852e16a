import { createHash } from 'node:crypto';
import { isRole } from '@contact-sync/access';
import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { User } from '../domain/user.ts';
import type { Users } from '../ports.ts';

const createFirstUser = defineScript({
  name: 'create-first-user',
  lua: loadScript(new URL('./create-first-user.lua', import.meta.url)),
  keys: 3,
  reply: (reply) => reply === 1,
});

// One script touches all three, so they share a slot.
const SHARD = 0;

const keysOf = (keys: Keys) => ({
  index: keys.inShard(SHARD, 'users'),
  user: (id: string) => keys.inShard(SHARD, 'user', id),
  // A hash, so that no tool that lists keys shows who has an account.
  email: (email: string) =>
    keys.inShard(SHARD, 'email', createHash('sha256').update(email).digest('base64url')),
});

const toFields = (user: User): string[] => [
  ...['email', user.email],
  ...['passwordHash', user.passwordHash],
  ...['roles', user.roles.join(' ')],
  ...['epoch', String(user.epoch)],
  ...['disabled', user.disabled ? '1' : '0'],
];

const toUser = (id: string, fields: Readonly<Record<string, string>>): User | undefined => {
  const { email, passwordHash, roles, epoch, disabled } = fields;
  if (email === undefined || passwordHash === undefined) return undefined;
  return {
    id,
    email,
    passwordHash,
    roles: (roles ?? '').split(' ').filter(isRole),
    epoch: Number(epoch ?? 0),
    disabled: disabled !== '0',
  };
};

/** Users as hashes, with a set of all ids and a key from each e-mail to its user. */
export const createRedisUsers = (redis: RedisConnection, namespace: Keys): Users => {
  const keys = keysOf(namespace);
  const findById = async (id: string) =>
    toUser(id, await redis.use((client) => client.hgetall(keys.user(id))));
  return {
    findById,
    findByEmail: async (email) => {
      const id = await redis.use((client) => client.get(keys.email(email)));
      return id === null ? undefined : findById(id);
    },
    isEmpty: async () => (await redis.use((client) => client.scard(keys.index))) === 0,
    createFirst: (user) =>
      redis.run(createFirstUser, {
        keys: [keys.index, keys.user(user.id), keys.email(user.email)],
        args: [user.id, ...toFields(user)],
      }),
  };
};
