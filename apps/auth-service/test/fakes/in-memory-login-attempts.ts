import type { LoginBackoff } from '../../src/adapters/redis-login-attempts.ts';
import type { LoginAttempts } from '../../src/ports.ts';

export const createInMemoryLoginAttempts = (backoff: LoginBackoff): LoginAttempts => {
  const tries = new Map<string, { failures: number; blockedUntil: number }>();
  return {
    begin: async (email) => {
      const now = Date.now();
      const { failures, blockedUntil } = tries.get(email) ?? { failures: 0, blockedUntil: 0 };
      if (blockedUntil > now) return blockedUntil - now;
      const beyond = failures + 1 - backoff.freeFailures;
      const wait = beyond < 0 ? 0 : Math.min(backoff.firstWaitMs * 2 ** beyond, backoff.maxWaitMs);
      tries.set(email, { failures: failures + 1, blockedUntil: now + wait });
      return 0;
    },
    clear: async (email) => void tries.delete(email),
  };
};
