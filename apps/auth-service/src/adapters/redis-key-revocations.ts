import type { Keys, RedisConnection } from '@contact-sync/redis';
import { auditEntry } from '../domain/audit-entry.ts';
import type { KeyRevocations } from '../ports.ts';
import { authKeys } from './auth-keys.ts';
import { journaledScript } from './journaled-script.ts';
import type { AccountStoreSettings } from './redis-users.ts';

const revokeKey = journaledScript({ name: 'revoke-key', keys: 2, reply: () => undefined });

/** Withdrawn keys in the log of revocations. */
export const createRedisKeyRevocations = (
  redis: RedisConnection,
  namespace: Keys,
  { longestTokenSeconds, auditEntries }: AccountStoreSettings,
): KeyRevocations => {
  const keys = authKeys(namespace);
  return {
    revokeKey: (kid) => {
      const note = auditEntry('keys.changed', 'service:auth-service', `key:${kid}`, undefined, {
        withdrawn: true,
      });
      return redis.run(revokeKey, {
        keys: [keys.revocations, keys.audit],
        args: [kid, longestTokenSeconds, auditEntries, JSON.stringify(note)],
      });
    },
  };
};
