import { uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createRedisBrake } from '../src/adapters/redis-brake/redis-brake.ts';
import { connectRedis } from './support/servers.ts';

const braked = { fingerprint: '00000000000000aa', topic: 't', partition: 3, since: 1_700_000_000_000 };
const day = 24 * 60 * 60_000;

/** Two copies of a worker on one Redis, with a clock of the test's own. */
const setUp = async () => {
  const redis = await connectRedis();
  const clock = { now: 1_700_000_000_000 };
  const prefix = uniquePrefix();
  const copy = (groupId = 'g') => createRedisBrake({ redis, groupId, now: () => clock.now, prefix });
  return { copy, clock };
};

test('a copy sees what another was braked for, the first one, and another group does not', async () => {
  const { copy } = await setUp();
  expect(await copy().load()).toEqual({ accepted: [] });
  await copy().brake(braked);
  await copy().brake({ ...braked, fingerprint: '00000000000000bb' });
  expect(await copy().load()).toEqual({ braked, accepted: [] });
  expect(await copy('other').load()).toEqual({ accepted: [] });
});

test('a release is for the fingerprint that the group is braked for alone, and accepts nothing', async () => {
  const { copy } = await setUp();
  await copy().brake(braked);
  await copy().release('00000000000000bb');
  expect(await copy().load()).toEqual({ braked, accepted: [] });
  await copy().release(braked.fingerprint);
  expect(await copy().load()).toEqual({ accepted: [] });
});

test("an operator's accept lets the group go on, counts for a day, and says whether it was paused for it", async () => {
  const { copy, clock } = await setUp();
  await copy().brake(braked);
  expect(await copy().accept('00000000000000bb')).toBe(false);
  expect(await copy().accept(braked.fingerprint)).toBe(true);
  expect(await copy().accept(braked.fingerprint)).toBe(false);
  expect((await copy().load()).accepted.toSorted()).toEqual([braked.fingerprint, '00000000000000bb']);
  clock.now += day + 1;
  expect(await copy().load()).toEqual({ accepted: [] });
});
