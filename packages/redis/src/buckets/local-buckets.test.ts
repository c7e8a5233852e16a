import { describe, expect, it } from 'vitest';
import { bucketsContract } from '../../test/buckets.contract.ts';
import { createLocalBuckets } from './local-buckets.ts';

bucketsContract(() => createLocalBuckets());

describe('createLocalBuckets', () => {
  it('lets through the limit a minute over ten minutes of asking, and no more than one bucket besides', async () => {
    let now = 0;
    const buckets = createLocalBuckets(() => now);
    let taken = 0;
    for (; now < 600_000; now += 50) {
      if ((await buckets.take('a', { capacity: 100, refillMs: 60_000 })).taken) taken += 1;
    }
    expect(taken).toBeGreaterThanOrEqual(1_099);
    expect(taken).toBeLessThanOrEqual(1_100);
  });
});
