import { randomBytes } from 'node:crypto';
import type { Revocation } from '@contact-sync/api-contracts';
import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { RevocationCursor } from '../domain/revocation-cursor.ts';
import type { RevocationLog, RevocationRead } from '../ports.ts';
import { authKeys } from './auth-keys.ts';

type Entry = readonly [id: string, fields: readonly string[]];
type Reply = readonly [generation: string, snapshot: number, seconds: string, entries: readonly Entry[]];

const readRevocations = defineScript({
  name: 'read-revocations',
  lua: loadScript(new URL('./read-revocations.lua', import.meta.url)),
  keys: 2,
  reply: (reply) => reply as Reply,
});

/** Most entries of an answer that is no snapshot; the rest comes with the next. */
const MOST_ENTRIES = 1_000;

const toRevocation = (fields: readonly string[]): Revocation | undefined => {
  const named = new Map<string, string>();
  for (let place = 0; place < fields.length; place += 2) {
    named.set(fields[place] ?? '', fields[place + 1] ?? '');
  }
  const [kind, until] = [named.get('kind'), Number(named.get('until'))];
  const of = (name: string): string => named.get(name) ?? '';
  if (kind === 'session') return { kind, sid: of('sid'), until };
  if (kind === 'subject') return { kind, sub: of('sub'), epoch: Number(of('epoch')), until };
  return kind === 'key' ? { kind, kid: of('kid'), until } : undefined;
};

const toRead = (reply: Reply, after: RevocationCursor | undefined): RevocationRead => {
  const [generation, snapshot, seconds, entries] = reply;
  const isSnapshot = snapshot === 1;
  const entry = entries.at(-1)?.[0] ?? (isSnapshot ? '0-0' : (after?.entry ?? '0-0'));
  return {
    cursor: { generation, entry },
    isSnapshot,
    at: Number(seconds),
    revocations: entries.flatMap(([, fields]) => {
      const revocation = toRevocation(fields);
      return revocation && revocation.until > Number(seconds) ? [revocation] : [];
    }),
  };
};

/** The log of revocations as a stream, with a random generation that a new store gets a new one of. */
export const createRedisRevocationLog = (redis: RedisConnection, namespace: Keys): RevocationLog => {
  const keys = authKeys(namespace);
  return {
    read: async (after) => {
      const args = [randomBytes(12).toString('hex'), after?.generation ?? '', after?.entry ?? '0-0'];
      const reply = await redis.run(readRevocations, {
        keys: [keys.revocations, keys.generation],
        args: [...args, MOST_ENTRIES],
      });
      return toRead(reply, after);
    },
  };
};
