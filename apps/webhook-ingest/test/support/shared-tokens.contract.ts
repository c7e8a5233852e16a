import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import type { SharedTokens, TokenRate } from '../../src/adapters/source-limit/shared-tokens.ts';

const none = { from: 0, to: 0 };
const slowly = 0.01;

/** What every implementation of {@link SharedTokens} guarantees; `create` gives an unknown source, seen by each copy. */
export const sharedTokensContract = (create: (rate: TokenRate) => () => SharedTokens) =>
  describe('shared tokens', () => {
    it('grant what is asked for or nothing, over all copies, and say when there is more', async () => {
      const copyOf = create({ perSecond: slowly, burst: 10 });
      const [one, two] = [copyOf(), copyOf()];
      expect(await one.draw({ want: 5, owed: none })).toEqual({ granted: true, untilNextMs: 0 });
      expect(await two.draw({ want: 6, owed: none })).toMatchObject({ granted: false });
      expect(await two.draw({ want: 5, owed: none })).toMatchObject({ granted: true });
      const { granted, untilNextMs } = await one.draw({ want: 1, owed: none });
      expect(granted).toBe(false);
      expect(untilNextMs).toBeGreaterThan(90_000);
      expect(untilNextMs).toBeLessThanOrEqual(100_000);
    });

    it('settle a debt once, however often and in whatever order it is told', async () => {
      const copy = create({ perSecond: slowly, burst: 10 })();
      for (const to of [2, 5, 3, 5]) await copy.draw({ want: 0, owed: { from: 0, to } });
      expect(await copy.draw({ want: 6, owed: { from: 5, to: 5 } })).toMatchObject({ granted: false });
      expect(await copy.draw({ want: 5, owed: { from: 5, to: 5 } })).toMatchObject({ granted: true });
    });

    it("keep the debts of copies apart, and leave out what is below a debt's beginning", async () => {
      const copyOf = create({ perSecond: slowly, burst: 10 });
      await copyOf().draw({ want: 0, owed: { from: 0, to: 3 } });
      await copyOf().draw({ want: 0, owed: { from: 1_000, to: 1_002 } });
      expect(await copyOf().draw({ want: 6, owed: none })).toMatchObject({ granted: false });
      expect(await copyOf().draw({ want: 5, owed: none })).toMatchObject({ granted: true });
    });

    it('sink below none for a debt, and grant again only when that is made up', async () => {
      const copy = create({ perSecond: slowly, burst: 10 })();
      const { granted, untilNextMs } = await copy.draw({ want: 1, owed: { from: 0, to: 14 } });
      expect(granted).toBe(false);
      expect(untilNextMs).toBeGreaterThan(490_000);
      expect(untilNextMs).toBeLessThanOrEqual(500_000);
    });

    it('fill again, and never beyond the burst', async () => {
      const copy = create({ perSecond: 100, burst: 4 })();
      await copy.draw({ want: 4, owed: none });
      await eventually(async () => expect((await copy.draw({ want: 4, owed: none })).granted).toBe(true));
      expect(await copy.draw({ want: 5, owed: none })).toMatchObject({ granted: false });
    });
  });
