import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { type Braked, type BrakeStore, deadLetter, done } from '../src/index.ts';
import { consume } from './support/consume.ts';
import { noting, setUp } from './support/faults.ts';
import { countOf } from './support/read-topic.ts';

const fault = deadLetter({ stage: 'map', code: 'MAPPING_FAILED', pointer: '/data/acme_phone' });

/** What several copies, and the same one after a restart, know together. */
const sharedStore = () => {
  const state: { braked: Braked | undefined; accepted: string[] } = { braked: undefined, accepted: [] };
  const store: BrakeStore = {
    load: async () => ({ accepted: state.accepted, ...(state.braked && { braked: state.braked }) }),
    brake: async (braked) => {
      state.braked ??= braked;
    },
    release: async () => {
      state.braked = undefined;
    },
  };
  return { state, store };
};

/** All events of three partitions, handled by a program with a bug that can be mended. */
const setUpBug = async () => {
  const world = await setUp({ partitions: 3 });
  const events = await world.send(300);
  const bug = { isThere: true };
  const { store, state } = sharedStore();
  const { handled, handle } = noting(() => (bug.isThere ? fault : done('applied')));
  const start = () =>
    consume({ ...world, handle, brakeStore: store, brakeProbes: { firstMs: 100, maxMs: 200 } });
  const letters = () => countOf(world.client, world.deadLetterName);
  return { events, bug, state, handled, start, letters };
};

test('a bug that fails everything pauses the group, survives a restart, and what waited is done when it is mended', async () => {
  const { events, bug, state, handled, start, letters } = await setUpBug();
  const first = await start();
  await eventually(() => first.braked() !== undefined, { timeoutMs: 30_000 });
  await eventually(() => state.braked !== undefined);
  await first.stop();
  expect(await letters()).toBe(40);

  const second = await start();
  const tried = handled.length;
  await eventually(() => handled.length >= tried + 3, { timeoutMs: 30_000 });
  expect(handled.slice(tried).every((id) => id === handled[tried])).toBe(true);
  expect([second.braked() !== undefined, await letters()]).toEqual([true, 40]);

  bug.isThere = false;
  const before = handled.length;
  await eventually(() => expect(new Set(handled.slice(before)).size).toBe(events.length - 40), {
    timeoutMs: 30_000,
  });
  expect([second.braked(), await letters()]).toEqual([undefined, 40]);
});

test('an operator who accepts the fingerprint has all of it become dead letters', async () => {
  const { events, state, start, letters } = await setUpBug();
  const consumer = await start();
  await eventually(() => state.braked !== undefined, { timeoutMs: 30_000 });
  state.accepted.push(state.braked?.fingerprint ?? '');
  state.braked = undefined;
  await eventually(async () => expect(await letters()).toBe(events.length), { timeoutMs: 30_000 });
  expect(consumer.braked()).toBeUndefined();
});
