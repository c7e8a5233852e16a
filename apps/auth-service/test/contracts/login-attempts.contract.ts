import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import type { LoginBackoff } from '../../src/adapters/redis-login-attempts.ts';
import type { LoginAttempts } from '../../src/ports.ts';

const email = 'someone@example.com';
const slow: LoginBackoff = { freeFailures: 10, firstWaitMs: 60_000, maxWaitMs: 900_000, memoryMs: 60_000 };

const fail = async (attempts: LoginAttempts, times: number) => {
  const waits: number[] = [];
  for (let time = 0; time < times; time += 1) waits.push(await attempts.begin(email));
  return waits;
};

/** What every implementation of {@link LoginAttempts} guarantees; `create` gives an empty one. */
export const loginAttemptsContract = (create: (backoff: LoginBackoff) => LoginAttempts) =>
  describe('login attempts', () => {
    it('let the free tries happen and the next one wait', async () => {
      const attempts = create(slow);
      expect(await fail(attempts, 10)).toEqual(Array(10).fill(0));
      const wait = await attempts.begin(email);
      expect(wait).toBeGreaterThan(50_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    });

    it('let no more tries through at the same time than one after the other', async () => {
      const attempts = create(slow);
      const waits = await Promise.all(Array.from({ length: 100 }, () => attempts.begin(email)));
      expect(waits.filter((wait) => wait === 0).length).toBe(10);
    });

    it('hold one account back and no other', async () => {
      const attempts = create(slow);
      await fail(attempts, 11);
      expect(await attempts.begin('other@example.com')).toBe(0);
    });

    it('are forgotten when the password was right', async () => {
      const attempts = create(slow);
      await fail(attempts, 9);
      await attempts.clear(email);
      expect(await fail(attempts, 10)).toEqual(Array(10).fill(0));
    });

    it('wait twice as long after each further failure, up to a longest wait', async () => {
      const attempts = create({ freeFailures: 1, firstWaitMs: 20, maxWaitMs: 50, memoryMs: 60_000 });
      const waits: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        await eventually(async () => (await attempts.begin(email)) === 0, { intervalMs: 5 });
        waits.push(await attempts.begin(email));
      }
      const longest = [20, 40, 50, 50];
      for (const [round, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(longest[round] ?? 0);
      expect(waits[3]).toBeGreaterThan(20);
    });
  });
