import { createHash } from 'node:crypto';
import type { ServiceName } from './service-plan.ts';

type User = ServiceName | 'operator';

/** Whose keys are whose (design section 1); on a platform's Redis the same users are the platform's to make. */
const KEYS: Readonly<Record<User, readonly string[]>> = {
  'gateway-api': ['ratelimit:gateway:*'],
  'auth-service': ['auth:*'],
  'contact-service': ['acme:*', 'integration:*'],
  'webhook-ingest': ['ingest:*', 'ratelimit:ingest:*'],
  'event-worker': ['worker:*', 'ratelimit:acme:*'],
  'webhook-simulator': ['simulator:*'],
  operator: ['*'],
};

/** Where contact-service's near cache hears which of its keys have changed. */
const CHANNELS: Readonly<Partial<Record<User, string>>> = {
  'contact-service': '&__redis__:invalidate',
  operator: '&*',
};

/** Readiness asks INFO how the server keeps its data; it is the only one of the dangerous commands that is used. */
const COMMANDS = '+@all -@admin -@dangerous +info';

export const REDIS_USERS = Object.keys(KEYS) as User[];

/**
 * Redis reads its append-only file as the default user and judges each transaction in it by that user's rights: with fewer
 * than all it leaves out what was written by MULTI, and says so in its log alone. So the default user keeps its rights and
 * cannot log in.
 */
const DEFAULT = 'user default off ~* &* +@all';

/** Who only asks whether the server is there. */
const PROBE = 'user probe on nopass resetkeys resetchannels -@all +ping';

/**
 * Redis' ACL file: each service reads and writes its own keys and no others, the operator's user has them all, `probe` may
 * ask whether the server is there, and nobody comes in without a name. It holds hashes, no password.
 */
export function redisUsers(passwords: Readonly<Record<User, string>>): string {
  const lines = REDIS_USERS.map((user) => {
    const hash = createHash('sha256').update(passwords[user]).digest('hex');
    const keys = KEYS[user].map((pattern) => `~${pattern}`).join(' ');
    const commands = user === 'operator' ? '+@all' : COMMANDS;
    return `user ${user} on #${hash} ${keys} resetchannels ${CHANNELS[user] ?? ''} ${commands}`.replace(
      / {2,}/g,
      ' ',
    );
  });
  return `${[DEFAULT, PROBE, ...lines].join('\n')}\n`;
}
