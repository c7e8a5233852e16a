import type { LoginBackoff } from '../../src/adapters/redis-login-attempts.ts';
import type { LoginAttempt, LoginAttempts } from '../../src/ports.ts';

type Count = { readonly name: string; readonly free: number };

export const createInMemoryLoginAttempts = (backoff: LoginBackoff): LoginAttempts => {
  const tries = new Map<string, { failures: number; blockedUntil: number }>();
  const known = new Set<string>();
  const triesOf = ({ name }: Count) => tries.get(name) ?? { failures: 0, blockedUntil: 0 };
  const countsOf = ({ email, network }: LoginAttempt): Count[] => {
    const there = { name: `${email} ${network}`, free: backoff.freeFailures };
    if (known.has(there.name)) return [there];
    return [
      { name: email, free: backoff.freeFailures },
      { name: `network ${network}`, free: backoff.freeNetworkFailures },
    ];
  };
  return {
    begin: async (attempt) => {
      const now = Date.now();
      const waits = countsOf(attempt).map((count) => triesOf(count).blockedUntil - now);
      if (Math.max(...waits) > 0) return Math.max(...waits);
      for (const count of countsOf(attempt)) {
        const failures = triesOf(count).failures + 1;
        const beyond = failures - count.free;
        const wait = beyond < 0 ? 0 : Math.min(backoff.firstWaitMs * 2 ** beyond, backoff.maxWaitMs);
        tries.set(count.name, { failures, blockedUntil: now + wait });
      }
      return 0;
    },
    succeed: async (attempt) => {
      const [own, network] = countsOf(attempt);
      if (own) tries.delete(own.name);
      if (network) tries.set(network.name, { ...triesOf(network), failures: triesOf(network).failures - 1 });
      known.add(`${attempt.email} ${attempt.network}`);
    },
  };
};
