import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import type { LoginBackoff } from '../../src/adapters/redis-login-attempts.ts';
import type { LoginAttempt, LoginAttempts } from '../../src/ports.ts';

const email = 'someone@example.com';
const home = { email, network: '203.0.113.7' };
const abroad = (index = 0) => ({ email, network: `198.51.100.${index}` });
const memory = { memoryMs: 60_000, knownMs: 60_000 };
const slow: LoginBackoff = {
  freeFailures: 10,
  freeNetworkFailures: 50,
  firstWaitMs: 60_000,
  maxWaitMs: 900_000,
  ...memory,
};

const fail = async (
  attempts: LoginAttempts,
  times: number,
  attemptOf: (index: number) => LoginAttempt = () => home,
) => {
  const waits: number[] = [];
  for (let time = 0; time < times; time += 1) waits.push(await attempts.begin(attemptOf(time)));
  return waits;
};

/** What every implementation of {@link LoginAttempts} guarantees; `create` gives an empty one. */
export const loginAttemptsContract = (create: (backoff: LoginBackoff) => LoginAttempts) =>
  describe('login attempts', () => {
    it('let the free tries happen and the next one wait', async () => {
      const attempts = create(slow);
      expect(await fail(attempts, 10)).toEqual(Array(10).fill(0));
      const wait = await attempts.begin(home);
      expect(wait).toBeGreaterThan(50_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    });

    it('let no more tries through at the same time than one after the other', async () => {
      const attempts = create(slow);
      const waits = await Promise.all(Array.from({ length: 100 }, () => attempts.begin(home)));
      expect(waits.filter((wait) => wait === 0).length).toBe(10);
    });

    it('hold one account back and no other', async () => {
      const attempts = create(slow);
      await fail(attempts, 11);
      expect(await attempts.begin({ ...home, email: 'other@example.com' })).toBe(0);
    });

    it('are forgotten when the password was right', async () => {
      const attempts = create(slow);
      await fail(attempts, 9);
      await attempts.succeed(home);
      expect(await fail(attempts, 10)).toEqual(Array(10).fill(0));
    });

    it('wait twice as long after each further failure, up to a longest wait', async () => {
      const attempts = create({
        freeFailures: 1,
        freeNetworkFailures: 50,
        firstWaitMs: 100,
        maxWaitMs: 250,
        ...memory,
      });
      const waits: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        await eventually(async () => (await attempts.begin(home)) === 0, { intervalMs: 5 });
        waits.push(await attempts.begin(home));
      }
      const longest = [100, 200, 250, 250];
      for (const [round, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(longest[round] ?? 0);
      expect(waits[3]).toBeGreaterThan(100);
    });

    it('from anywhere are counted together while the account was logged in from none of it', async () => {
      const attempts = create(slow);
      expect(await fail(attempts, 10, abroad)).toEqual(Array(10).fill(0));
      expect(await attempts.begin(abroad(99))).toBeGreaterThan(0);
      expect(await attempts.begin(home)).toBeGreaterThan(0);
    });

    it('from elsewhere do not hold back a network that the account was logged in from', async () => {
      const attempts = create(slow);
      await attempts.begin(home);
      await attempts.succeed(home);
      await fail(attempts, 20, abroad);
      expect(await attempts.begin(home)).toBe(0);
      expect(await attempts.begin({ ...home, email: 'other@example.com' })).toBe(0);
    });

    it('from a known network are as few, and a good login from there forgives none from elsewhere', async () => {
      const attempts = create(slow);
      await attempts.succeed(home);
      expect(await fail(attempts, 9)).toEqual(Array(9).fill(0));
      await fail(attempts, 10, abroad);
      await attempts.succeed(home);
      expect(await fail(attempts, 11)).toEqual([...Array(10).fill(0), expect.any(Number)]);
      expect(await attempts.begin(home)).toBeGreaterThan(0);
      expect(await attempts.begin(abroad())).toBeGreaterThan(0);
    });

    it('from one network for many accounts make it wait, save for accounts that were logged in from there', async () => {
      const attempts = create({ ...slow, freeNetworkFailures: 5 });
      await attempts.begin(home);
      await attempts.succeed(home);
      const spray = await fail(attempts, 5, (index) => ({ ...home, email: `${index}@example.com` }));
      expect(spray).toEqual(Array(5).fill(0));
      expect(await attempts.begin({ ...home, email: '6@example.com' })).toBeGreaterThan(50_000);
      expect(await attempts.begin({ ...abroad(), email: '6@example.com' })).toBe(0);
      expect(await attempts.begin(home)).toBe(0);
    });

    it('of a network are not forgotten because one of its accounts logs in', async () => {
      const attempts = create({ ...slow, freeNetworkFailures: 5 });
      await fail(attempts, 4, (index) => ({ ...home, email: `${index}@example.com` }));
      const own = { ...home, email: 'own@example.com' };
      expect(await attempts.begin({ ...own, network: home.network })).toBe(0);
      await attempts.succeed(own);
      expect(await attempts.begin({ ...home, email: '6@example.com' })).toBeGreaterThan(0);
    });
  });
