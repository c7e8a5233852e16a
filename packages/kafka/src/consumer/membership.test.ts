import { EventEmitter } from 'node:events';
import kafkajs, { type InstrumentationEvent } from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { guardHooks } from './hooks.ts';
import { watchMembership } from './membership.ts';

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

/** A consumer of which only its events are heard. */
const setUp = () => {
  const kafka = new kafkajs.Kafka({ brokers: ['none:1'], logCreator: () => () => undefined });
  const consumer = kafka.consumer({ groupId: 'g' });
  const emitter = new EventEmitter();
  const assignments: object[] = [];
  const onFatal = vi.fn();
  vi.spyOn(consumer, 'on').mockImplementation(
    (name: string, listener: (event: InstrumentationEvent<object>) => void) => {
      emitter.on(name, listener);
      return () => undefined;
    },
  );
  const membership = watchMembership(consumer, {
    groupId: 'g',
    hooks: guardHooks({ onAssigned: ({ assignment }) => assignments.push(assignment) }, logger),
    logger,
    onFatal,
    silenceMs: 60_000,
  });
  const emit = (name: keyof typeof consumer.events, payload: object) =>
    emitter.emit(consumer.events[name], { payload });
  return { membership, assignments, onFatal, emit };
};

test('a member that loses its group has no partition any more, until it joins again', () => {
  const { membership, assignments, onFatal, emit } = setUp();
  emit('GROUP_JOIN', { groupId: 'g', memberAssignment: { t: [0, 1] } });
  expect(membership.isHealthy()).toBe(true);
  emit('CRASH', { groupId: 'g', error: new Error('gone'), restart: true });
  expect([membership.isHealthy(), onFatal.mock.calls.length]).toEqual([false, 0]);
  emit('GROUP_JOIN', { groupId: 'g', memberAssignment: { t: [1] } });
  expect(membership.isHealthy()).toBe(true);
  expect(assignments).toEqual([{ t: [0, 1] }, {}, { t: [1] }]);
});

test('an end for good is told to the owner, once', () => {
  const { membership, onFatal, emit } = setUp();
  emit('GROUP_JOIN', { groupId: 'g', memberAssignment: { t: [0] } });
  const error = new Error('for good');
  emit('CRASH', { groupId: 'g', error, restart: false });
  expect(onFatal.mock.calls).toEqual([[error]]);
  expect(membership.isHealthy()).toBe(false);
});

test('a member that begins no fetch any more is frozen; one that is joining, or times out, is not', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { membership, emit } = setUp();
  vi.advanceTimersByTime(60_000);
  expect(membership.isFrozen()).toBe(false);
  emit('GROUP_JOIN', { groupId: 'g', memberAssignment: { t: [0] } });
  for (const sign of ['FETCH_START', 'FETCH', 'REQUEST_TIMEOUT'] as const) {
    vi.advanceTimersByTime(24_000);
    emit(sign, {});
  }
  expect(membership.isFrozen()).toBe(false);
  vi.advanceTimersByTime(24_000);
  emit('HEARTBEAT', {});
  vi.advanceTimersByTime(2_000);
  expect(membership.isFrozen()).toBe(true);
  emit('REBALANCING', {});
  expect(membership.isFrozen()).toBe(false);
});
