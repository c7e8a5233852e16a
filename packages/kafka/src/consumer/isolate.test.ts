import { AppError } from '@contact-sync/domain';
import { expect, test } from 'vitest';
import { isolate } from './isolate.ts';
import { deadLetter, done, retryLater } from './outcome.ts';
import type { HandlerResult } from './run-handler.ts';

const refused = { stage: 'validate', code: 'INVALID_BODY', pointer: '/extra' } as const;
const failed = (code: 'TIMEOUT' | 'DEPENDENCY_UNAVAILABLE' = 'TIMEOUT'): HandlerResult => ({
  fault: {
    isDependency: true,
    mayBeARecord: code === 'TIMEOUT',
    error: new AppError(code, { message: 'x', retryable: true }),
  },
});

/** A handler that fails whole as its worst record says; every other record is done. */
const setUp = (worst: (part: readonly number[], call: number) => HandlerResult | undefined) => {
  const calls: (readonly number[])[] = [];
  const run = async (part: readonly number[]): Promise<HandlerResult> => {
    calls.push(part);
    return worst(part, calls.length) ?? { outcomes: part.map(() => done('applied')) };
  };
  return { calls, run };
};

const batchOf = (size: number) => Array.from({ length: size }, (_, index) => index);
const judge = (
  { run }: ReturnType<typeof setUp>,
  batch: readonly number[],
  whole: HandlerResult,
  { isAnswering = false, patienceMs = 10_000 } = {},
) => isolate(batch, whole, { run, isAnswering: () => isAnswering, patienceMs });

test('of a batch that is refused whole only the records at fault are dead letters, in few calls', async () => {
  const poison = [0, 77, 199];
  const world = setUp((part) => (part.some((item) => poison.includes(item)) ? { refused } : undefined));
  const { outcomes, fault } = await judge(world, batchOf(200), { refused });
  expect(fault).toBeUndefined();
  expect(outcomes).toEqual(
    batchOf(200).map((item) => (poison.includes(item) ? deadLetter(refused) : done('applied'))),
  );
  expect(world.calls.length).toBeLessThan(50);
});

test('a batch of nothing but records that are refused ends as that many dead letters', async () => {
  const { outcomes } = await judge(
    setUp(() => ({ refused })),
    batchOf(6),
    { refused },
  );
  expect(outcomes).toEqual(Array(6).fill(deadLetter(refused)));
});

test('a record that fails alone while others are answered has to come again by itself', async () => {
  const world = setUp((part) => (part.includes(5) ? failed() : undefined));
  const { outcomes, fault } = await judge(world, batchOf(8), failed());
  const again = retryLater({ stage: 'handle', code: 'TIMEOUT' });
  expect([outcomes, fault]).toEqual([
    batchOf(8).map((item) => (item === 5 ? again : done('applied'))),
    undefined,
  ]);
});

test('no record is to blame while every one of them fails', async () => {
  const world = setUp(() => failed());
  expect(await judge(world, batchOf(8), failed())).toMatchObject({
    outcomes: [],
    fault: { error: { code: 'TIMEOUT' } },
  });
});

test('a lone record is to blame only where the other side answers others meanwhile', async () => {
  const world = setUp(() => failed());
  expect(await judge(world, [1], failed())).toMatchObject({ outcomes: [], fault: {} });
  expect(await judge(world, [1], failed(), { isAnswering: true })).toEqual({
    outcomes: [retryLater({ stage: 'handle', code: 'TIMEOUT' })],
  });
});

test('a record that failed before the other side came back is asked once more, and not to blame', async () => {
  const world = setUp((_, call) => (call <= 4 ? failed() : undefined));
  const { outcomes } = await judge(world, batchOf(4), failed());
  expect(outcomes).toEqual(batchOf(4).map(() => done('applied')));
});

test('where the other side takes nothing any more the records in front keep their outcomes and the rest waits', async () => {
  const world = setUp((part, call) => {
    if (call > 1) return failed('DEPENDENCY_UNAVAILABLE');
    return part.includes(5) ? { refused } : undefined;
  });
  expect(await judge(world, batchOf(8), { refused })).toMatchObject({
    outcomes: batchOf(4).map(() => done('applied')),
    fault: { error: { code: 'DEPENDENCY_UNAVAILABLE' } },
  });
});

test('it gives up when its patience is at an end and nobody is answered', async () => {
  const world = setUp(() => failed());
  expect(await judge(world, batchOf(128), failed(), { patienceMs: -1 })).toMatchObject({ outcomes: [] });
  expect(world.calls.length).toBeLessThan(12);
});
