import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServiceName } from './service-names.ts';

/** Who has a password: the services, the operator with all rights, a replica at its primary, and Sentinel. */
export type RedisUser = ServiceName | 'operator' | 'replica' | 'sentinel';

/** The rights, as they are shipped: Redis reads the file as it is, and nobody in it has a password yet. */
const SHIPPED = readFileSync(new URL('../redis/users.acl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** Those who come in by a name and without a password: nobody by the one, who only asks for life by the other. */
const WITHOUT_PASSWORD: readonly string[] = ['default', 'probe'];

const nameOf = (line: string): string => line.split(' ')[1] ?? '';

export const REDIS_USERS = SHIPPED.map(nameOf).filter(
  (name) => !WITHOUT_PASSWORD.includes(name),
) as RedisUser[];

/**
 * Redis' ACL file: infra/redis/users.acl with the passwords of its users, as hashes. The `default` user keeps all rights
 * in it and cannot log in: Redis reads its append-only file as that user and judges each transaction in it by that user's
 * rights, so with fewer than all it would leave out what was written by MULTI, and say so in its log alone.
 */
export function redisUsers(passwords: Readonly<Record<RedisUser, string>>): string {
  const lines = SHIPPED.map((line) => {
    const user = nameOf(line);
    if (WITHOUT_PASSWORD.includes(user)) return line;
    const hash = createHash('sha256')
      .update(passwords[user as RedisUser])
      .digest('hex');
    return line.replace(` on `, ` on #${hash} `);
  });
  return `${lines.join('\n')}\n`;
}
