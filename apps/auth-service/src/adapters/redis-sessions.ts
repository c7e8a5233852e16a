import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { Session } from '../domain/session.ts';
import type { NewSession, Sessions } from '../ports.ts';
import { authKeys } from './auth-keys.ts';
import { journaledScript } from './journaled-script.ts';
import { createRotate, type RotationLimits } from './rotate-session.ts';

const openSession = journaledScript({
  name: 'open-session',
  keys: 3,
  reply: (reply) => reply as string[],
});

const endSession = journaledScript({ name: 'end-session', keys: 5, reply: (reply) => reply === 1 });

const recordAccess = defineScript({
  name: 'record-access',
  lua: loadScript(new URL('./record-access.lua', import.meta.url)),
  keys: 1,
  reply: () => undefined,
});

export type SessionLimits = RotationLimits & {
  /** How long a session lives at most, in milliseconds. */
  readonly longestMs: number;
  /** Most sessions that one user may have. */
  readonly mostSessions: number;
};

const toSession = (id: string, fields: Readonly<Record<string, string>>, expiresAt: number): Session => ({
  id,
  userAgent: fields['userAgent'] ?? '',
  address: fields['address'] ?? '',
  createdAt: Number(fields['createdAt']),
  lastUsedAt: Number(fields['lastUsedAt']),
  expiresAt,
});

const fieldsOf = (session: NewSession): (string | number)[] =>
  Object.entries({
    userId: session.userId,
    generation: session.generation,
    token: session.tokenHash,
    tokenId: session.tokenId,
    accessUntil: session.accessUntil,
    userAgent: session.userAgent,
    address: session.address,
  }).flat();

/** Sessions as hashes that expire, with a list of each user's by the time they expire. The clock is Redis's. */
export const createRedisSessions = (
  redis: RedisConnection,
  namespace: Keys,
  { unusedMs, longestMs, graceMs, mostSessions, auditEntries }: SessionLimits,
): Sessions => {
  const keys = authKeys(namespace);
  return {
    open: (session) =>
      redis.run(openSession, {
        keys: [keys.session(session.id), keys.sessionsOf(session.userId), keys.logins],
        args: [
          ...[session.id, unusedMs, longestMs, mostSessions],
          ...[auditEntries, JSON.stringify(session.begun), ...fieldsOf(session)],
        ],
      }),
    rotate: createRotate(redis, keys, { unusedMs, graceMs, auditEntries }),
    list: async ({ id: userId, generation, keptSession }) => {
      const index = await redis.use((client) =>
        client.zrevrange(keys.sessionsOf(userId), 0, -1, 'WITHSCORES'),
      );
      const ids = index.filter((_, place) => place % 2 === 0);
      const expiries = index.filter((_, place) => place % 2 === 1).map(Number);
      const stored = (await redis.pipeline((pipeline) => {
        for (const id of ids) pipeline.hgetall(keys.session(id));
      })) as Record<string, string>[];
      return ids
        .flatMap((id, place) => {
          const fields = stored[place] ?? {};
          const isGood = Number(fields['generation'] ?? -1) >= generation || id === keptSession;
          return fields['userId'] === userId && isGood ? [toSession(id, fields, expiries[place] ?? 0)] : [];
        })
        .sort((one, other) => other.lastUsedAt - one.lastUsedAt);
    },
    end: async (userId, sessions) => {
      const outcomes = await redis.runMany(
        endSession,
        sessions.map(({ id, note }) => ({
          keys: [keys.session(id), keys.sessionsOf(userId), keys.revocations, keys.ended(id), keys.audit],
          args: [userId, id, auditEntries, JSON.stringify(note)],
        })),
      );
      return sessions.flatMap(({ id }, place) => {
        const outcome = outcomes[place];
        if (outcome?.ok === false) throw outcome.error;
        return outcome?.value ? [id] : [];
      });
    },
    record: (userId, id, { tokenId, accessUntil }) =>
      redis.run(recordAccess, { keys: [keys.session(id)], args: [userId, tokenId, accessUntil] }),
    hasEnded: async (id) => (await redis.use((client) => client.exists(keys.ended(id)))) === 1,
  };
};
