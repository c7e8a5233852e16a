import { isRole } from '@contact-sync/access';
import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import { isAdmin } from '../domain/change-user.ts';
import type { User } from '../domain/user.ts';
import type { UserChange, UserOutcome, Users } from '../ports.ts';
import { authKeys } from './auth-keys.ts';
import { journaledScript } from './journaled-script.ts';
import { pageOfIds } from './page-of-ids.ts';

type FoundUser = readonly [id: string, fields: readonly string[]] | readonly [];

const findUser = defineScript({
  name: 'find-user',
  lua: loadScript(new URL('./find-user.lua', import.meta.url)),
  keys: 1,
  reply: (reply) => reply as FoundUser,
});

const createFirstUser = defineScript({
  name: 'create-first-user',
  lua: loadScript(new URL('./create-first-user.lua', import.meta.url)),
  keys: 3,
  reply: (reply) => reply === 1,
});

const createUser = journaledScript({ name: 'create-user', keys: 4, reply: (reply) => reply === 1 });

const writeUser = journaledScript({ name: 'write-user', keys: 6, reply: (reply) => reply as UserOutcome });

/** What the stores of users and machine clients are told by the settings. */
export type AccountStoreSettings = {
  /** Longest life of an access token, in seconds. */
  readonly longestTokenSeconds: number;
  /** About how many audit entries are kept. */
  readonly auditEntries: number;
};

const toFields = (user: User): string[] => [
  ...['email', user.email],
  ...['passwordHash', user.passwordHash],
  ...['roles', user.roles.join(' ')],
  ...['epoch', String(user.epoch)],
  ...['disabled', user.disabled ? '1' : '0'],
  ...['generation', String(user.generation)],
  ...['keptSession', user.keptSession ?? ''],
  ...['createdAt', user.createdAt],
];

/** By how many of the fields, from the first on, a user is seen to have moved: the others move with them. */
const COMPARED_FIELDS = 5;

const toUser = (id: string, fields: Readonly<Record<string, string>>): User | undefined => {
  const { email, passwordHash, roles, epoch, disabled, generation, keptSession, createdAt } = fields;
  if (email === undefined || passwordHash === undefined) return undefined;
  return {
    id,
    email,
    passwordHash,
    roles: (roles ?? '').split(' ').filter(isRole),
    epoch: Number(epoch ?? 0),
    disabled: disabled !== '0',
    generation: Number(generation ?? 0),
    ...(keptSession && { keptSession }),
    createdAt: createdAt ?? new Date(0).toISOString(),
  };
};

/** Names and values in turns, as Redis gives a hash to a script. */
const byName = (flat: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    flat.flatMap((name, place) => (place % 2 === 0 ? [[name, flat[place + 1] ?? ''] as const] : [])),
  );

const losesAdmin = ({ before, after }: UserChange): boolean => isAdmin(before) && !(after && isAdmin(after));

/** The epoch that tokens of the user need from now on, where it is another. */
const newEpoch = ({ before, after }: UserChange): number | '' => {
  if (after === undefined) return before.epoch + 1;
  return after.epoch > before.epoch ? after.epoch : '';
};

/** Users as hashes, with a set of all ids and a key from each e-mail to its user. */
export const createRedisUsers = (
  redis: RedisConnection,
  namespace: Keys,
  { longestTokenSeconds, auditEntries }: AccountStoreSettings,
): Users => {
  const keys = authKeys(namespace);
  const findById = async (id: string) =>
    toUser(id, await redis.use((client) => client.hgetall(keys.user(id))));
  return {
    findById,
    findByEmail: async (email) => {
      const [id, fields = []] = await redis.run(findUser, {
        keys: [keys.email(email)],
        args: [keys.user('')],
      });
      return id === undefined ? undefined : toUser(id, byName(fields));
    },
    isEmpty: async () => (await redis.use((client) => client.scard(keys.users))) === 0,
    createFirst: (user) =>
      redis.run(createFirstUser, {
        keys: [keys.users, keys.user(user.id), keys.email(user.email)],
        args: [user.id, ...toFields(user)],
      }),
    create: (user, note) =>
      redis.run(createUser, {
        keys: [keys.users, keys.user(user.id), keys.email(user.email), keys.audit],
        args: [user.id, auditEntries, JSON.stringify(note), ...toFields(user)],
      }),
    write: (change) => {
      const { before, after, note } = change;
      const compared = toFields(before).slice(0, 2 * COMPARED_FIELDS);
      return redis.run(writeUser, {
        keys: [
          ...[keys.users, keys.user(before.id), keys.email(before.email)],
          ...[keys.email(after?.email ?? before.email), keys.revocations, keys.audit],
        ],
        args: [
          ...[before.id, keys.user(''), losesAdmin(change) ? 1 : 0, newEpoch(change), longestTokenSeconds],
          ...[auditEntries, JSON.stringify(note), COMPARED_FIELDS, ...compared],
          ...(after ? toFields(after) : []),
        ],
      });
    },
    list: async ({ limit, after }) => {
      const { ids, next } = pageOfIds(await redis.use((client) => client.smembers(keys.users)), limit, after);
      const users = await Promise.all(ids.map(findById));
      return { items: users.filter((user) => user !== undefined), ...(next !== undefined && { next }) };
    },
  };
};
