import { createHash } from 'node:crypto';
import type { Keys } from '@contact-sync/redis';

// Scripts touch a session, its user, the log and the trail together, so they share a slot.
const SHARD = 0;

/** Hashes where a name would show who has an account, to any tool that lists keys. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The keys of auth-service that scripts touch together. */
export const authKeys = (keys: Keys) => ({
  users: keys.inShard(SHARD, 'users'),
  user: (id: string) => keys.inShard(SHARD, 'user', id),
  email: (email: string) => keys.inShard(SHARD, 'email', digest(email)),
  session: keys.family(SHARD, 'session'),
  sessionsOf: keys.family(SHARD, 'sessions'),
  ended: keys.family(SHARD, 'ended'),
  revocations: keys.inShard(SHARD, 'revocations'),
  generation: keys.inShard(SHARD, 'revocations', 'generation'),
  audit: keys.inShard(SHARD, 'audit'),
  logins: keys.inShard(SHARD, 'audit', 'logins'),
  clients: keys.inShard(SHARD, 'clients'),
  client: (id: string) => keys.inShard(SHARD, 'client', id),
});
