import type { Keys, RedisConnection } from '@contact-sync/redis';
import type { AuditEntry } from '../domain/audit-entry.ts';
import type { AuditTrail, NotedEntry, TrailName } from '../ports.ts';
import { authKeys } from './auth-keys.ts';

type StreamEntry = readonly [id: string, fields: readonly string[]];

const toNoted = ([id, [, text = '{}']]: StreamEntry): NotedEntry => ({
  id,
  at: Number(id.split('-')[0]),
  entry: JSON.parse(text) as AuditEntry,
});

/** Two streams, trimmed to about their newest entries. */
export const createRedisAuditTrail = (
  redis: RedisConnection,
  namespace: Keys,
  { auditEntries }: { readonly auditEntries: number },
): AuditTrail => {
  const keys = authKeys(namespace);
  const keyOf: Readonly<Record<TrailName, string>> = { changes: keys.audit, logins: keys.logins };
  return {
    noteLogin: async (entry) => {
      const text = JSON.stringify(entry);
      await redis.use((client) => client.xadd(keys.logins, 'MAXLEN', '~', auditEntries, '*', 'entry', text));
    },
    readBack: async (trail, { limit, before }) => {
      const from = before === undefined ? '+' : `(${before}`;
      const read = await redis.use((client) => client.xrevrange(keyOf[trail], from, '-', 'COUNT', limit));
      return read.map(toNoted);
    },
    readOn: async (trail, { limit, after }) => {
      const read = await redis.use((client) => client.xrange(keyOf[trail], `(${after}`, '+', 'COUNT', limit));
      return read.map(toNoted);
    },
  };
};
