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
 * Redis' ACL file: each service reads and writes its own keys and no others, the operator's user has them all, and who
 * does not log in may ask whether the server is there. It holds hashes, no password.
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
  return `${['user default on nopass resetkeys resetchannels -@all +ping', ...lines].join('\n')}\n`;
}
