import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBrake } from './brake.ts';
import type { Braked, BrakeStore } from './brake-store.ts';
import type { IncomingRecord } from './consumed-record.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const quiet = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

/** What several copies share. */
const sharedStore = () => {
  const state: { braked?: Braked | undefined; accepted: string[]; isDown: boolean } = {
    accepted: [],
    isDown: false,
  };
  const asked = async () => {
    if (state.isDown) throw new Error('Redis is away');
  };
  const store: BrakeStore = {
    load: async () => {
      await asked();
      const { braked, accepted } = state;
      return { accepted, ...(braked !== undefined && { braked }) };
    },
    brake: async (braked) => {
      await asked();
      state.braked ??= braked;
    },
    release: async () => {
      await asked();
      state.braked = undefined;
    },
  };
  return { state, store };
};

const setUp = (store?: BrakeStore) => {
  const onChange = vi.fn();
  const brake = createBrake({ logger: quiet, onChange, ...(store !== undefined && { store }) });
  return { brake, onChange };
};

const recordsAt = (count: number, partition = 0): IncomingRecord[] =>
  Array.from(
    { length: count },
    (_, offset) =>
      ({ position: { topic: 't', partition, offset: String(offset), timestamp: 0 } }) as IncomingRecord,
  );
const failing = (count: number, fingerprint = 'f') => Array<string>(count).fill(fingerprint);

test('a bug that fails everything lets forty records through, then pauses the group', () => {
  const { brake, onChange } = setUp();
  expect(brake.admit(recordsAt(200), failing(200))).toBe(40);
  expect(brake.braked()).toMatchObject({ fingerprint: 'f', topic: 't', partition: 0 });
  expect(onChange).toHaveBeenCalledOnce();
});

test('what was under way on other partitions when the group was braked is not settled any more', () => {
  const { brake } = setUp();
  brake.admit(recordsAt(200), failing(200));
  expect(brake.admit(recordsAt(5, 1), [undefined, 'g', undefined, undefined, undefined])).toBe(0);
});

test('a fifth of the last two hundred that fail alike is not too many, one more is', () => {
  const { brake } = setUp();
  const fifth = Array.from({ length: 200 }, (_, index) => (index % 5 === 0 ? 'f' : undefined));
  expect(brake.admit(recordsAt(200), fifth)).toBe(200);
  expect(brake.braked()).toBeUndefined();
  expect(brake.admit(recordsAt(2), ['f', 'f'])).toBe(1);
});

test('only the partition of the record that was held is tried, with waits that double up to a minute', () => {
  const { brake } = setUp();
  brake.admit(recordsAt(41, 3), failing(41));
  const [held] = recordsAt(1, 3) as [IncomingRecord];
  const [other] = recordsAt(1, 4) as [IncomingRecord];
  for (const most of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    vi.advanceTimersByTime(most * 0.75 - 1);
    expect(brake.isProbe(held)).toBe(false);
    vi.advanceTimersByTime(most * 0.25 + 1);
    expect([brake.isProbe(held), brake.isProbe(other)]).toEqual([true, false]);
    expect(brake.probed('f')).toBe(false);
  }
});

test.each([
  ['that works', undefined],
  ['that fails otherwise', 'g'],
])('a probe %s lets the group go on, and the count begins anew', (_, mark) => {
  const { brake } = setUp();
  brake.admit(recordsAt(41), failing(41));
  expect(brake.probed(mark)).toBe(true);
  expect(brake.braked()).toBeUndefined();
  expect(brake.admit(recordsAt(41), failing(41))).toBe(40);
});

test('what could not be settled is not counted twice when it comes again', () => {
  const { brake } = setUp();
  for (let round = 0; round < 3; round += 1) {
    expect(brake.admit(recordsAt(30), failing(30))).toBe(30);
    brake.withdraw(failing(30));
  }
});

test('another copy, and one that starts, is braked too', async () => {
  const { store } = sharedStore();
  const first = setUp(store);
  const second = setUp(store);
  first.brake.admit(recordsAt(41), failing(41));
  await second.brake.sync();
  expect(second.brake.braked()).toMatchObject({ fingerprint: 'f' });
  first.brake.probed(undefined);
  await second.brake.sync();
  expect(second.brake.braked()).toBeUndefined();
});

test("an operator's accept lets the group go on, and what was accepted does not count any more", async () => {
  const { store, state } = sharedStore();
  const { brake } = setUp(store);
  brake.admit(recordsAt(41), failing(41));
  await brake.sync();
  Object.assign(state, { braked: undefined, accepted: ['f'] });
  await brake.sync();
  expect(brake.braked()).toBeUndefined();
  expect(brake.admit(recordsAt(200), failing(200))).toBe(200);
  expect(brake.admit(recordsAt(41), failing(41, 'g'))).toBe(40);
});

test('a group stays braked while Redis is away, and tells it when it is back', async () => {
  const { store, state } = sharedStore();
  const { brake } = setUp(store);
  state.isDown = true;
  brake.admit(recordsAt(41), failing(41));
  await brake.sync();
  expect(brake.braked()).toMatchObject({ fingerprint: 'f' });
  state.isDown = false;
  await brake.sync();
  expect(state.braked).toMatchObject({ fingerprint: 'f' });
});
