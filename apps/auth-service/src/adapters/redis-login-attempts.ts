import { createHash } from 'node:crypto';
import { defineScript, type Keys, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { LoginAttempt, LoginAttempts } from '../ports.ts';

const beginLogin = defineScript({
  name: 'begin-login',
  lua: loadScript(new URL('./begin-login.lua', import.meta.url)),
  keys: 4,
  reply: Number,
});

const endLogin = defineScript({
  name: 'end-login',
  lua: loadScript(new URL('./end-login.lua', import.meta.url)),
  keys: 4,
  reply: () => undefined,
});

// One script touches all four keys, so they share a slot.
const SHARD = 0;

export type LoginBackoff = {
  /** Tries that may fail before the account backs off. */
  readonly freeFailures: number;
  /** Tries that may fail from one network, whatever the accounts, before it backs off. */
  readonly freeNetworkFailures: number;
  /** The first wait, in milliseconds; each further failure doubles it. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** How long failures are remembered after the last try and its wait, in milliseconds. */
  readonly memoryMs: number;
  /** How long a network is known after the last good login from there, in milliseconds. */
  readonly knownMs: number;
};

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Counts by hashes of the e-mail, whether or not there is such a user, and of the network. The clock is Redis's. */
export const createRedisLoginAttempts = (
  redis: RedisConnection,
  keys: Keys,
  backoff: LoginBackoff,
): LoginAttempts => {
  const { freeFailures, freeNetworkFailures, firstWaitMs, maxWaitMs, memoryMs, knownMs } = backoff;
  const keysOf = ({ email, network }: LoginAttempt): string[] => {
    const [account, there] = [hash(email), hash(`${email} ${network}`)];
    return [
      keys.inShard(SHARD, 'attempts', account, 'known', there),
      keys.inShard(SHARD, 'attempts', account, 'from', there),
      keys.inShard(SHARD, 'attempts', account),
      keys.inShard(SHARD, 'attempts', 'network', hash(network)),
    ];
  };
  return {
    begin: (attempt) =>
      redis.run(beginLogin, {
        keys: keysOf(attempt),
        args: [firstWaitMs, maxWaitMs, memoryMs, freeFailures, freeNetworkFailures],
      }),
    succeed: (attempt) => redis.run(endLogin, { keys: keysOf(attempt), args: [knownMs] }),
  };
};
