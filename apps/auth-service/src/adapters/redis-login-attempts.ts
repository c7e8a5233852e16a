import { createHash } from 'node:crypto';
import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { LoginAttempts } from '../ports.ts';

const beginLogin = defineScript({
  name: 'begin-login',
  lua: loadScript(new URL('./begin-login.lua', import.meta.url)),
  keys: 1,
  reply: Number,
});

export type LoginBackoff = {
  /** Tries that may fail before the account backs off. */
  readonly freeFailures: number;
  /** The first wait, in milliseconds; each further failure doubles it. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** How long failures are remembered after the last try and its wait, in milliseconds. */
  readonly memoryMs: number;
};

/** Counts by the hash of the e-mail, whether or not there is such a user. The clock is Redis's. */
export const createRedisLoginAttempts = (
  redis: RedisConnection,
  keys: Keys,
  { freeFailures, firstWaitMs, maxWaitMs, memoryMs }: LoginBackoff,
): LoginAttempts => {
  const keyOf = (email: string) =>
    keys.key('attempts', createHash('sha256').update(email).digest('base64url'));
  return {
    begin: (email) =>
      redis.run(beginLogin, {
        keys: [keyOf(email)],
        args: [freeFailures, firstWaitMs, maxWaitMs, memoryMs],
      }),
    clear: async (email) => {
      await redis.use((client) => client.del(keyOf(email)));
    },
  };
};
