import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { redisVersions } from './redis-versions.ts';

test('tells for each version why a machine that has nothing cannot get it', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'contact-sync-cache-'));
  onTestFinished(() => rm(cache, { recursive: true }));
  expect(await redisVersions({ PATH: '/nowhere', CONTACT_SYNC_CACHE_DIR: cache })).toEqual([
    { name: '6.2', missing: expect.stringContaining('Maven') },
    { name: '7', missing: expect.stringContaining('apt-get') },
  ]);
});
