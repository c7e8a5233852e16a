import { uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createRedisAcmeTurns } from '../src/adapters/acme/redis-acme-turns.ts';
import { connectRedis } from './support/servers.ts';

const setUp = async () => {
  const redis = await connectRedis();
  const prefix = uniquePrefix();
  return (name: string) => createRedisAcmeTurns({ redis, name, perSecond: 5, prefix });
};

test('all copies together take as many turns as the rate has, and each name has its own', async () => {
  const copy = await setUp();
  const copies = [copy('writes'), copy('writes')];

  const turns = await Promise.all(Array.from({ length: 20 }, (_, index) => copies[index % 2]?.take()));
  const other = await copy('sweep').take();

  const taken = turns.filter((turn) => turn?.taken);
  // Those of the second that they were taken in, and what was filled up meanwhile.
  expect(taken.length).toBeGreaterThanOrEqual(5);
  expect(taken.length).toBeLessThanOrEqual(7);
  for (const turn of turns) if (turn && !turn.taken) expect(turn).toMatchObject({ told: false });
  expect(other).toEqual({ taken: true });
});

test('when AcmeCRM wants to be left alone no copy of any name has a turn until then', async () => {
  const copy = await setUp();
  await copy('writes').leaveAlone(60_000);

  const turns = [await copy('writes').take(), await copy('sweep').take()];

  for (const turn of turns) {
    expect(turn).toMatchObject({ taken: false, told: true });
    expect('waitMs' in turn && turn.waitMs).toBeGreaterThan(50_000);
  }
});
