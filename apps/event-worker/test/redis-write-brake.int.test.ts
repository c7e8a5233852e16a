import { uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createRedisWriteBrake } from '../src/adapters/write-brake/redis-write-brake.ts';
import { connectRedis } from './support/servers.ts';
import { testWriteBrake } from './write-brake.contract.ts';

const minuteMs = 60_000;

const setUp = async () => {
  const redis = await connectRedis();
  const prefix = uniquePrefix();
  return (options: { readonly now?: () => number; readonly onBraked?: () => void } = {}) =>
    createRedisWriteBrake({ redis, most: () => 3, now: Date.now, prefix, ...options });
};

testWriteBrake(setUp);

test('what is ten minutes old does not count any more; a brake that holds stays, whoever looks and when', async () => {
  const copy = await setUp();
  const clock = { now: Date.now() };
  const at = (id: string) => copy({ now: () => clock.now }).admit({ id, causedAt: clock.now });
  for (const id of ['a', 'b', 'c']) await at(id);

  clock.now += 11 * minuteMs;
  expect([await at('d'), await at('e'), await at('f'), await at('g')]).toEqual([true, true, true, false]);
  clock.now += 60 * minuteMs;

  expect(await at('h')).toBe(false);
  expect(await copy().braked()).toMatchObject({ counted: 3 });
});

test('the alert is told once, by the copy that came to it', async () => {
  const copy = await setUp();
  const told: string[] = [];
  const admit = (id: string, name: string) =>
    copy({ onBraked: () => void told.push(name) }).admit({ id, causedAt: Date.now() });
  for (const id of ['a', 'b', 'c']) await admit(id, 'one');
  await admit('d', 'two');
  await admit('e', 'one');
  expect(told).toEqual(['two']);
});
