import { type Buckets, createLocalBuckets } from '@contact-sync/redis';
import { describe, expect, it } from 'vitest';
import { createSourceLimit } from './source-limit.ts';

const countAllowed = async (times: number, take: () => Promise<{ allowed: boolean }>) => {
  const taken = await Promise.all(Array.from({ length: times }, take));
  return taken.filter(({ allowed }) => allowed).length;
};

describe('createSourceLimit', () => {
  it('lets a burst through and refuses what is beyond, with when to come again', async () => {
    const buckets = createLocalBuckets(() => 0);
    const limit = createSourceLimit({ buckets, source: 's', perSecond: 100, burst: 250 });
    expect(await countAllowed(400, limit.take)).toBe(250);
    expect(await limit.take()).toEqual({ allowed: false, retryAfterMs: expect.any(Number) });
  });

  it('asks the shared bucket once for many requests', async () => {
    let asked = 0;
    const local = createLocalBuckets(() => 0);
    const buckets: Buckets = {
      take: (...args) => {
        asked += 1;
        return local.take(...args);
      },
    };
    const limit = createSourceLimit({ buckets, source: 's', perSecond: 10_000, burst: 10_000 });
    await countAllowed(1_000, limit.take);
    expect(asked).toBe(10);
  });

  it('keeps the limit over copies that share a bucket, to a chunk for each', async () => {
    const buckets = createLocalBuckets(() => 0);
    const copies = [1, 2, 3].map(() =>
      createSourceLimit({ buckets, source: 's', perSecond: 1_000, burst: 1_000 }),
    );
    const allowed = await Promise.all(copies.map((copy) => countAllowed(900, copy.take)));
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  it('keeps limits of less than one a second', async () => {
    const limit = createSourceLimit({
      buckets: createLocalBuckets(() => 0),
      source: 's',
      perSecond: 1,
      burst: 1,
    });
    expect(await countAllowed(5, limit.take)).toBe(1);
  });
});
