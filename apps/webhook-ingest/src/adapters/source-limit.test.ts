import { createLocalBuckets } from '@contact-sync/redis';
import { expect, it } from 'vitest';
import { createSourceLimit } from './source-limit.ts';

it('lets a burst through, then what comes no faster than the rate, and says when to come again', async () => {
  let now = 0;
  const buckets = createLocalBuckets(() => now);
  const limit = createSourceLimit({ buckets, source: 'acmecrm', perSecond: 20, burst: 3 });
  for (let time = 0; time < 3; time += 1) expect(await limit.take()).toEqual({ allowed: true });
  expect(await limit.take()).toEqual({ allowed: false, retryAfterMs: 50 });
  now = 50;
  expect(await limit.take()).toEqual({ allowed: true });
  expect(await limit.take()).toEqual({ allowed: false, retryAfterMs: 50 });
});
