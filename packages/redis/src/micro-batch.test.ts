import { describe, expect, it } from 'vitest';
import { createMicroBatch } from './micro-batch.ts';

const doubling = ({ maxItems = 100, enough = 100 } = {}) => {
  const calls: number[][] = [];
  const batch = createMicroBatch<number, number>(
    async (items) => {
      calls.push([...items]);
      return items.map((item) => item * 2);
    },
    { maxItems, enough },
  );
  return { batch, calls };
};

describe('createMicroBatch', () => {
  it('asks once for all that comes in one turn, and gives each caller its own results', async () => {
    const { batch, calls } = doubling();
    expect(await Promise.all([batch([1, 2]), batch([]), batch([3])])).toEqual([[2, 4], [], [6]]);
    expect(calls).toEqual([[1, 2, 3]]);
  });

  it('asks again for what comes later', async () => {
    const { batch, calls } = doubling();
    await batch([1]);
    await batch([2]);
    expect(calls).toEqual([[1], [2]]);
  });

  it('splits where a batch would be too large, and splits no caller', async () => {
    const { batch, calls } = doubling({ maxItems: 3 });
    expect(await Promise.all([batch([1, 2]), batch([3, 4]), batch([5])])).toEqual([[2, 4], [6, 8], [10]]);
    expect(calls).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('asks at once for a caller that brings enough, with those who came before', async () => {
    const { batch, calls } = doubling({ enough: 2 });
    const [first, second] = [batch([1]), batch([2, 3])];
    expect(calls).toEqual([[1, 2, 3]]);
    const third = batch([4]);
    expect(calls).toHaveLength(1);
    expect(await Promise.all([first, second, third])).toEqual([[2], [4, 6], [8]]);
    expect(calls).toEqual([[1, 2, 3], [4]]);
  });

  it('fails all callers of a batch that failed, and none of the next', async () => {
    let isAway = true;
    const batch = createMicroBatch<number, number>(
      async (items) => {
        if (isAway) throw new Error('away');
        return items;
      },
      { maxItems: 10, enough: 10 },
    );
    const both = await Promise.allSettled([batch([1]), batch([2])]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await batch([3])).toEqual([3]);
  });
});
