import type { LoginBackoff } from '../../src/adapters/redis-login-attempts.ts';
import type { LoginAttempt, LoginAttempts } from '../../src/ports.ts';

export const createInMemoryLoginAttempts = (backoff: LoginBackoff): LoginAttempts => {
  const tries = new Map<string, { failures: number; blockedUntil: number }>();
  const known = new Set<string>();
  const countOf = ({ email, network }: LoginAttempt) => {
    const there = `${email} ${network}`;
    return known.has(there) ? there : email;
  };
  return {
    begin: async (attempt) => {
      const now = Date.now();
      const { failures, blockedUntil } = tries.get(countOf(attempt)) ?? { failures: 0, blockedUntil: 0 };
      if (blockedUntil > now) return blockedUntil - now;
      const beyond = failures + 1 - backoff.freeFailures;
      const wait = beyond < 0 ? 0 : Math.min(backoff.firstWaitMs * 2 ** beyond, backoff.maxWaitMs);
      tries.set(countOf(attempt), { failures: failures + 1, blockedUntil: now + wait });
      return 0;
    },
    succeed: async (attempt) => {
      tries.delete(countOf(attempt));
      known.add(`${attempt.email} ${attempt.network}`);
    },
  };
};
