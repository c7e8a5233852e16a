import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import type { Buckets } from '../src/buckets/buckets.ts';

const minute = 60_000;

/** What every implementation of {@link Buckets} guarantees; `create` gives an empty one. */
export const bucketsContract = (create: () => Buckets) =>
  describe('buckets', () => {
    it('give as many tokens as they hold, then none and the time until the next', async () => {
      const buckets = create();
      const size = { capacity: 3, refillMs: minute };
      const taken = [];
      for (let time = 0; time < 4; time += 1) taken.push(await buckets.take('a', size));
      expect(taken.map((state) => state.taken)).toEqual([true, true, true, false]);
      expect(taken.map((state) => state.left)).toEqual([2, 1, 0, 0]);
      expect(taken[0]?.untilNextMs).toBe(0);
      expect(taken[3]?.untilNextMs).toBeGreaterThan(15_000);
      expect(taken[3]?.untilNextMs).toBeLessThanOrEqual(20_000);
    });

    it('give no more to a hundred at once than to one after the other', async () => {
      const buckets = create();
      const size = { capacity: 10, refillMs: minute };
      const states = await Promise.all(Array.from({ length: 100 }, () => buckets.take('a', size)));
      expect(states.filter((state) => state.taken).length).toBe(10);
    });

    it('tell each of those who ask at once what is left for it', async () => {
      const buckets = create();
      const size = { capacity: 2, refillMs: minute };
      const [one, two, three, other] = await Promise.all(
        ['a', 'a', 'a', 'b'].map((name) => buckets.take(name, size)),
      );
      expect([one, other]).toEqual([
        { taken: true, left: 1, untilNextMs: 0 },
        { taken: true, left: 1, untilNextMs: 0 },
      ]);
      expect(two).toMatchObject({ taken: true, left: 0 });
      expect(three).toMatchObject({ taken: false, left: 0 });
      expect(two?.untilNextMs).toBeGreaterThan(25_000);
      expect(three?.untilNextMs).toBeGreaterThan(25_000);
    });

    it('give what a request costs, or nothing where less is left, and the time until it can be had', async () => {
      const buckets = create();
      const size = { capacity: 12, refillMs: minute };
      const first = await buckets.take('a', size, 10);
      expect(first).toMatchObject({ taken: true, left: 2 });
      expect(first.untilNextMs).toBeGreaterThan(35_000);
      expect(await buckets.take('a', size, 10)).toMatchObject({ taken: false, left: 2 });
      expect(await buckets.take('a', size)).toMatchObject({ taken: true, left: 1, untilNextMs: 0 });
    });

    it('take a full bucket for a cost beyond what it holds', async () => {
      const buckets = create();
      const size = { capacity: 3, refillMs: minute };
      expect(await buckets.take('a', size, 10)).toMatchObject({ taken: true, left: 0 });
      expect(await buckets.take('a', size, 10)).toMatchObject({ taken: false, left: 0 });
    });

    it('give to requests of several costs at once no more together than they hold', async () => {
      const buckets = create();
      const size = { capacity: 25, refillMs: minute };
      const costs = [10, 1, 10, 10, 1, 10, 1];
      const states = await Promise.all(costs.map((cost) => buckets.take('a', size, cost)));
      const taken = costs.filter((_, index) => states[index]?.taken);
      expect(taken.reduce((sum, cost) => sum + cost, 0)).toBe(23);
    });

    it('are apart by name', async () => {
      const buckets = create();
      const size = { capacity: 1, refillMs: minute };
      expect((await buckets.take('address 1.2.3.4', size)).taken).toBe(true);
      expect((await buckets.take('address 1.2.3.4', size)).taken).toBe(false);
      expect((await buckets.take('address 1.2.3.5', size)).taken).toBe(true);
      expect((await buckets.take('login 1.2.3.4', size)).taken).toBe(true);
      expect((await buckets.take('address 2001:db8::', size)).taken).toBe(true);
    });

    it('fill again, steadily and never beyond what they hold', async () => {
      const buckets = create();
      const size = { capacity: 2, refillMs: 200 };
      await buckets.take('a', size);
      await buckets.take('a', size);
      const empty = await buckets.take('a', size);
      expect(empty.taken).toBe(false);
      expect(empty.untilNextMs).toBeLessThanOrEqual(100);
      await eventually(async () => (await buckets.take('a', size)).taken, { intervalMs: 10 });
    });
  });
