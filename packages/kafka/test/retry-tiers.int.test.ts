import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import {
  type AcmeContactCreated,
  type BatchHandler,
  done,
  type RecordOutcome,
  replayOf,
  retryLater,
} from '../src/index.ts';
import { consume } from './support/consume.ts';
import { down, setUp } from './support/faults.ts';
import { countOf } from './support/read-topic.ts';

const fault = { stage: 'apply', code: 'STORAGE_FULL' } as const;

/** Keeps what is recorded; a handler that has the events that the test names come again so often. */
const noting = (failures: Readonly<Record<string, number>>) => {
  const handled: { eventId: string; at: number }[] = [];
  const recorded: RecordOutcome<AcmeContactCreated>[] = [];
  const left = new Map(Object.entries(failures));
  const handle: BatchHandler<AcmeContactCreated> = async (records) =>
    records.map(({ value: { eventId } }) => {
      handled.push({ eventId, at: Date.now() });
      const again = left.get(eventId) ?? 0;
      left.set(eventId, again - 1);
      return again > 0 ? retryLater(fault) : done('applied', 3);
    });
  const recorder = {
    record: async (outcomes: readonly RecordOutcome<AcmeContactCreated>[]) => void recorded.push(...outcomes),
  };
  const attemptsOf = (id: string) => handled.filter(({ eventId }) => eventId === id);
  const recordedOf = (id: string) => recorded.filter(({ value }) => value?.eventId === id);
  return { handled, recorded, handle, recorder, attemptsOf, recordedOf };
};

test('a record that fails for a while climbs the ladder, delays nobody, and each attempt is recorded', async () => {
  const world = await setUp({ waits: [300, 900] });
  await world.send(4);
  const { handled, handle, recorder, recordedOf, attemptsOf } = noting({ 'event-1': 2 });
  await consume({ ...world, handle, recorder });
  await eventually(async () => expect(await world.committed()).toBe(4));
  expect(handled.slice(0, 4).map(({ eventId }) => eventId)).toEqual([
    'event-0',
    'event-1',
    'event-2',
    'event-3',
  ]);

  await eventually(() => expect(recordedOf('event-1')).toHaveLength(3), { timeoutMs: 30_000 });
  const outcomes = recordedOf('event-1');
  expect(outcomes.map(({ attempt, route }) => [attempt, route.kind])).toEqual([
    [1, 'tier'],
    [2, 'tier'],
    [3, 'done'],
  ]);
  expect(outcomes[2]).toMatchObject({
    origin: { topic: world.topic.topic, partition: 0, offset: '1' },
    position: { topic: world.ladder?.tiers[1]?.topic },
    firstFailureAt: outcomes[0]?.firstFailureAt,
    route: { fate: 'applied', version: 3 },
  });
  const dueAt = outcomes.flatMap(({ route }) => (route.kind === 'tier' ? [route.dueAt] : []));
  const [, second, third] = attemptsOf('event-1');
  expect(second?.at).toBeGreaterThanOrEqual(dueAt[0] ?? Number.POSITIVE_INFINITY);
  expect(third?.at).toBeGreaterThanOrEqual(dueAt[1] ?? Number.POSITIVE_INFINITY);
  expect(await countOf(world.client, world.deadLetterName)).toBe(0);
});

test('a restart in the midst of a wait neither shortens nor repeats it', async () => {
  const world = await setUp({ waits: [2_500] });
  await world.send(1);
  const before = noting({ 'event-0': 1 });
  const first = await consume({ ...world, ...before });
  await eventually(() => expect(before.recorded).toHaveLength(1));
  await first.stop();
  const [waiting] = before.recorded;
  const dueAt = waiting?.route.kind === 'tier' ? waiting.route.dueAt : 0;

  const after = noting({});
  await consume({ ...world, ...after });
  await eventually(() => expect(after.recorded).toHaveLength(1), { timeoutMs: 30_000 });
  expect(after.handled[0]?.at).toBeGreaterThanOrEqual(dueAt);
  expect(after.recorded[0]).toMatchObject({ attempt: 2, route: { kind: 'done' } });
  expect(before.handled).toHaveLength(1);
});

test('members that come and go in the midst of a wait neither shorten nor repeat it', async () => {
  const world = await setUp({ waits: [6_000] });
  await world.send(1);
  const before = noting({ 'event-0': 1 });
  const first = await consume({ ...world, ...before });
  await eventually(() => expect(before.recorded).toHaveLength(1));
  const [waiting] = before.recorded;
  const dueAt = waiting?.route.kind === 'tier' ? waiting.route.dueAt : 0;

  const after = noting({});
  await consume({ ...world, ...after });
  await first.stop();
  await eventually(() => expect(after.recorded).toHaveLength(1), { timeoutMs: 40_000 });
  expect(after.handled[0]?.at).toBeGreaterThanOrEqual(dueAt);
  expect(after.recorded[0]).toMatchObject({ attempt: 2, route: { kind: 'done' } });
  expect([before.handled.length, after.handled.length]).toEqual([1, 1]);
});

test('a dead letter that is replayed comes by the first tier with its place and its count, and may be done', async () => {
  const world = await setUp({ waits: [100] });
  const { ladder, producer } = world;
  if (ladder === undefined) throw new Error('no ladder');
  await world.send(1);
  const { handle, recorder, recordedOf } = noting({ 'event-0': 2 });
  await consume({ ...world, handle, recorder });
  await eventually(async () => expect(await countOf(world.client, world.deadLetterName)).toBe(1), {
    timeoutMs: 30_000,
  });
  const [letter] = await world.readDeadLetters();
  const { key = null, value = null, headers = {} } = letter ?? {};
  const replay = { id: 'replay-1', count: 1 };
  const textHeaders = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, `${text}`]));
  await producer.sendRaw(replayOf({ key, value, headers: textHeaders }, { ladder, replay, now: Date.now() }));
  await eventually(() => expect(recordedOf('event-0')).toHaveLength(3), { timeoutMs: 30_000 });
  expect(recordedOf('event-0')[2]).toMatchObject({
    origin: { topic: world.topic.topic, partition: 0, offset: '0' },
    attempt: 1,
    replay,
    route: { kind: 'done', fate: 'applied' },
  });
});

test('a dependency that is down spends no retry, on the topic or on a tier', async () => {
  const world = await setUp({ waits: [50, 50] });
  await world.send(1);
  const state = { calls: 0 };
  const recorded: RecordOutcome<AcmeContactCreated>[] = [];
  await consume({
    ...world,
    recorder: { record: async (outcomes) => void recorded.push(...outcomes) },
    handle: async (records) => {
      state.calls += 1;
      // Down around each of the attempts.
      if (state.calls % 3 !== 0) throw down();
      return records.map(() => (state.calls < 6 ? retryLater(fault) : done()));
    },
  });
  await eventually(() => expect(recorded).toHaveLength(2), { timeoutMs: 30_000 });
  expect(recorded.map(({ attempt, route }) => [attempt, route.kind])).toEqual([
    [1, 'tier'],
    [2, 'done'],
  ]);
});

test('what cannot be recorded is not committed, and comes again until it can', async () => {
  const world = await setUp();
  await world.send(3);
  const state = { isDown: true, calls: 0 };
  const { handle } = noting({});
  const record = async () => {
    state.calls += 1;
    if (state.isDown) throw new Error('Redis is away');
  };
  await consume({ ...world, handle, recorder: { record } });
  await eventually(() => state.calls >= 3);
  expect(await world.committed()).toBe(-1);
  state.isDown = false;
  await eventually(async () => expect(await world.committed()).toBe(3));
});
