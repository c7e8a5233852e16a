import { AppError } from '@contact-sync/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConsumedRecord } from './consumed-record.ts';
import type { BatchHandler } from './handler.ts';
import { deadLetter, done, refuseBatch, retryLater } from './outcome.ts';
import { runHandler } from './run-handler.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const record = (value: string): ConsumedRecord<string> => ({
  value,
  key: value,
  headers: {},
  origin: { topic: 't', partition: 0, offset: '0', timestamp: 0 },
});
const records = [record('a'), record('b')];

const run = (handle: BatchHandler<string>, stop: AbortSignal = new AbortController().signal) =>
  runHandler(handle, records, { timeoutMs: 1_000, failures: 2, stop });

test('gives the outcomes of a handler that works', async () => {
  const outcomes = [done('applied'), deadLetter({ stage: 'map', code: 'MAPPING_FAILED' })];
  expect(await run(async () => outcomes)).toEqual({ outcomes });
});

test('tells the handler how often the partition has failed', async () => {
  const seen = vi.fn();
  await run(async (_, { failures }) => {
    seen(failures);
    return [done(), done()];
  });
  expect(seen).toHaveBeenCalledWith(2);
});

test.each([
  ['a TypeError', new TypeError('x')],
  ['undefined', undefined],
  ['a string', 'broken'],
  ['null', null],
  ['an AppError that cannot work later', new AppError('INTERNAL', { message: 'x' })],
])('takes %s that is thrown as a fault of ours', async (_, thrown) => {
  const expected = { fault: { isDependency: false, mayBeARecord: true, error: thrown } };
  expect(await run(() => Promise.reject(thrown))).toEqual(expected);
  expect(
    await run(() => {
      throw thrown;
    }),
  ).toEqual(expected);
});

test('takes a retryable AppError as a dependency that is down', async () => {
  const error = new AppError('DEPENDENCY_UNAVAILABLE', { message: 'x', retryable: true });
  expect(await run(() => Promise.reject(error))).toEqual({
    fault: { isDependency: true, mayBeARecord: false, error },
  });
});

test('a time-out, and a failure of the other side, may be due to a record', async () => {
  for (const code of ['TIMEOUT', 'INTERNAL'] as const) {
    const error = new AppError(code, { message: 'x', retryable: true });
    expect(await run(() => Promise.reject(error))).toMatchObject({
      fault: { isDependency: true, mayBeARecord: true },
    });
  }
});

test('gives the refusal of a whole batch as it is', async () => {
  const refusal = refuseBatch({ stage: 'validate', code: 'INVALID_BODY' });
  expect(await run(async () => refusal)).toEqual(refusal);
});

test.each([
  ['too few outcomes', [done()]],
  ['too many', [done(), done(), done()]],
  ['no list', undefined],
  ['something else among them', [done(), { ok: true }]],
  ['nothing among them', [undefined, retryLater({ stage: 'apply', code: 'X' })]],
])('takes %s as a fault of ours', async (_, outcomes) => {
  const result = await run(async () => outcomes as never);
  expect(result).toMatchObject({ fault: { isDependency: false } });
});

test('ends a handler that never settles at its time-out, and tells it', async () => {
  let aborted = false;
  const running = run((_, { signal }) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => undefined);
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await running).toMatchObject({ fault: { isDependency: true, error: { code: 'TIMEOUT' } } });
  expect(aborted).toBe(true);
});

test('ends a handler when a stop cannot wait longer', async () => {
  const stop = new AbortController();
  const running = run(() => new Promise(() => undefined), stop.signal);
  stop.abort(new Error('stopped'));
  expect(await running).toMatchObject({ fault: { mayBeARecord: false, error: { message: 'stopped' } } });
  expect(await run(() => new Promise(() => undefined), stop.signal)).toMatchObject({ fault: {} });
});

test('a handler that fails after its time-out disturbs nobody', async () => {
  const late = Promise.withResolvers<never>();
  const running = run(() => late.promise);
  await vi.advanceTimersByTimeAsync(1_000);
  await running;
  late.reject(new Error('late'));
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});
